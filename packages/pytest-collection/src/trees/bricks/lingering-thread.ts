import type { TreeFile } from '../tree-file.ts';
import type { Brick } from './brick.ts';
import { withConftest } from './change-files.ts';

/** Python waits at its end for every thread that is no daemon. */
export function lingeringThread(
  files: readonly TreeFile[],
  { seconds }: Brick<'lingering-thread'>,
): readonly TreeFile[] {
  return withConftest(
    files,
    `import threading as _threading
import time as _time

_threading.Thread(target=_time.sleep, args=(${seconds},), name="lingering").start()
`,
  );
}
