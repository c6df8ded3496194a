import type { TreeFile } from '../tree-file.ts';
import type { Brick } from './brick.ts';
import { withConftest } from './change-files.ts';

/** What it keeps is written to, so that the memory is really taken. */
export function leakyConftest(
  files: readonly TreeFile[],
  { bytesPerFile }: Brick<'leaky-conftest'>,
): readonly TreeFile[] {
  return withConftest(
    files,
    `_kept = []


def pytest_collectstart(collector):
    if type(collector).__name__ == "Module":
        _kept.append(b"x" * ${bytesPerFile})
`,
  );
}
