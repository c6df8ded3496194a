import { isTestFile } from '../tree-file.ts';
import type { TreeFile } from '../tree-file.ts';
import type { Brick } from './brick.ts';
import { withConftest } from './change-files.ts';

/** A filter that was meant for something else. */
export function lostFiles(files: readonly TreeFile[], { every }: Brick<'lost-files'>): readonly TreeFile[] {
  const lost = files.filter(isTestFile).filter((_, index) => index % every === every - 1);
  const paths = lost.map(({ path }) => `    ${JSON.stringify(path)},`);
  return withConftest(
    files,
    `import os as _os

import pytest as _pytest

_here = _os.path.dirname(_os.path.realpath(__file__))
_LOST = {
${paths.join('\n')}
}


def _is_lost(path):
    relative = _os.path.relpath(_os.path.realpath(str(path)), _here)
    return True if relative.replace(_os.sep, "/") in _LOST else None


if int(_pytest.__version__.split(".")[0]) >= 7:

    def pytest_ignore_collect(collection_path):
        return _is_lost(collection_path)

else:

    def pytest_ignore_collect(path):
        return _is_lost(path)
`,
  );
}
