import type { TreeFile } from '../tree-file.ts';
import type { Brick } from './brick.ts';
import { withConftest } from './change-files.ts';

/** Compares what it is given with everything that came before, for time alone or so that the pairs are kept. */
export function quadraticHook(
  files: readonly TreeFile[],
  { where, keep }: Brick<'quadratic-hook'>,
): readonly TreeFile[] {
  const record = keep === 'memory' ? '_pairs.append((name, other))' : 'sorted((name, other))';
  const compare = `_seen = []
_pairs = []


def _compare(name):
    for other in _seen:
        ${record}
    _seen.append(name)
`;
  return withConftest(files, `${compare}\n\n${HOOKS[where]}`);
}

const HOOKS: Readonly<Record<Brick<'quadratic-hook'>['where'], string>> = {
  modifyitems: `def pytest_collection_modifyitems(items):
    for item in items:
        _compare(item.nodeid)
`,
  // The path goes by another name in every other version of pytest; the count is as good.
  'per-file': `def pytest_collect_file(parent):
    _compare("%s, entry %d" % (parent.nodeid, len(_seen)))
`,
};
