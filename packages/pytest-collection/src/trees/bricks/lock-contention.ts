import type { TreeFile } from '../tree-file.ts';
import type { Brick } from './brick.ts';
import { asSeconds, withTestFiles } from './change-files.ts';

/**
 * One lock for all processes that collect the tree, as a shared cache or database file has it. It is on the module's own file,
 * opened for reading: containers that see the tree read-only share it as well, since a lock belongs to the file, not to the
 * path by which it was opened. What lies in the layers of an image or in a tmpfs is each container's own, and so are its locks.
 */
export function lockContention(
  files: readonly TreeFile[],
  { holdsMs }: Brick<'lock-contention'>,
): readonly TreeFile[] {
  const module = `"""One berth for all."""
import fcntl
import time


def hold():
    with open(__file__) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        time.sleep(${asSeconds(holdsMs)})
`;
  return [
    ...withTestFiles(files, () => 'import single_berth\n\nsingle_berth.hold()'),
    { path: 'single_berth.py', content: module },
  ];
}
