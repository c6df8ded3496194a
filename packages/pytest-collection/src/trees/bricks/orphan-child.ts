import type { TreeFile } from '../tree-file.ts';
import type { Brick } from './brick.ts';
import { withConftest } from './change-files.ts';

/** A server for the tests that nobody ends. `detached`: not even a signal to the process group reaches it. */
export function orphanChild(
  files: readonly TreeFile[],
  { seconds, detached }: Brick<'orphan-child'>,
): readonly TreeFile[] {
  // In the same group it must not die of the Ctrl-C that ends pytest, or there would be no orphan.
  const program = `import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); time.sleep(${seconds})`;
  return withConftest(
    files,
    `import subprocess as _subprocess
import sys as _sys

_server = _subprocess.Popen(
    [_sys.executable, "-c", "${program}"],
    stdin=_subprocess.DEVNULL,
    stdout=_subprocess.DEVNULL,
    stderr=_subprocess.DEVNULL,
    start_new_session=${detached ? 'True' : 'False'},
)
`,
  );
}
