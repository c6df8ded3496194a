import type { TreeFile } from '../tree-file.ts';
import type { Brick } from './brick.ts';
import { asSeconds, withTestFiles } from './change-files.ts';

/** One lock for all processes that collect the tree, as a shared cache or database file has it. */
export function lockContention(
  files: readonly TreeFile[],
  { holdsMs }: Brick<'lock-contention'>,
): readonly TreeFile[] {
  const module = `"""One berth for all."""
import fcntl
import os
import time

PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), ".berth.lock")


def hold():
    with open(PATH, "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        time.sleep(${asSeconds(holdsMs)})
`;
  return [
    ...withTestFiles(files, () => 'import single_berth\n\nsingle_berth.hold()'),
    { path: 'single_berth.py', content: module },
  ];
}
