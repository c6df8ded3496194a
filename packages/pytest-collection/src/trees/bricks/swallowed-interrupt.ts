import type { TreeFile } from '../tree-file.ts';
import type { Brick } from './brick.ts';
import { asSeconds, withMiddleFile } from './change-files.ts';

/** Retries whatever happens, Ctrl-C included, as many a loop around a flaky service does. */
export function swallowedInterrupt(
  files: readonly TreeFile[],
  { holdsMs }: Brick<'swallowed-interrupt'>,
): readonly TreeFile[] {
  return withMiddleFile(
    files,
    `import time as _time

_until = _time.monotonic() + ${asSeconds(holdsMs)}
while _time.monotonic() < _until:
    try:
        _time.sleep(0.01)
    except BaseException:
        pass
`,
  );
}
