import type { TreeFile } from '../tree-file.ts';
import type { Brick } from './brick.ts';
import { withConftest } from './change-files.ts';

/** A collector of its own, as plugins bring them, that tells of imports what is not so. */
export function misreportedImports(
  files: readonly TreeFile[],
  { as }: Brick<'misreported-imports'>,
): readonly TreeFile[] {
  return withConftest(
    files,
    `import pytest as _pytest


class _Misreporting(_pytest.Module):
    def collect(self):
${COLLECT[as]}

if int(_pytest.__version__.split(".")[0]) >= 7:

    def pytest_pycollect_makemodule(module_path, parent):
        return _Misreporting.from_parent(parent, path=module_path)

else:

    def pytest_pycollect_makemodule(path, parent):
        return _Misreporting.from_parent(parent, fspath=path)
`,
  );
}

const COLLECT: Readonly<Record<Brick<'misreported-imports'>['as'], string>> = {
  fine: `        try:
            return list(super().collect())
        except Exception:
            return []
`,
  broken: `        found = list(super().collect())
        if sum(map(ord, self.name)) % 2:
            raise self.CollectError("cannot import %s" % self.name)
        return found
`,
};
