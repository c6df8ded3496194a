import type { TreeFile } from '../tree-file.ts';
import type { Brick } from './brick.ts';
import { asSeconds, withMiddleFile } from './change-files.ts';

/** As a library does that wants to shut down in its own way, and never sets the handler back. */
export function ignoresSigint(
  files: readonly TreeFile[],
  { holdsMs = 0 }: Brick<'ignores-sigint'>,
): readonly TreeFile[] {
  return withMiddleFile(
    files,
    `import signal as _signal
import time as _time

_signal.signal(_signal.SIGINT, _signal.SIG_IGN)
_time.sleep(${asSeconds(holdsMs)})
`,
  );
}
