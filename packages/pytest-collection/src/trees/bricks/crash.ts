import type { TreeFile } from '../tree-file.ts';
import type { Brick } from './brick.ts';
import { withMiddleFile } from './change-files.ts';

/** As an extension module does that was built for another version. */
export function crash(files: readonly TreeFile[], { signal }: Brick<'crash'>): readonly TreeFile[] {
  return withMiddleFile(
    files,
    `import os as _os
import signal as _signal

_os.kill(_os.getpid(), _signal.${signal})
`,
  );
}
