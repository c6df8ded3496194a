import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import type { Asking } from '../../programs/ask-program.ts';
import { askProgram } from '../../programs/ask-program.ts';
import type { ExportedRevision } from './export-revision.ts';

/**
 * `sys.path`, and the folders that packages installed in editable mode are found in: `.pth` files put them on the path,
 * newer ones through a finder with a table of its own.
 */
const QUESTION = `
import json, os, sys
paths = [path for path in sys.path if path]
for finder in sys.meta_path:
    table = getattr(sys.modules.get(getattr(finder, "__module__", None)), "MAPPING", None)
    if isinstance(table, dict):
        paths += [os.path.dirname(str(path)) for path in table.values()]
print(json.dumps(paths))
`;

/**
 * PYTHONPATH for the two sides of a comparison. What the interpreter finds in the working tree (a project installed in
 * editable mode, most of all) must be found in the exported revision instead, or both sides would import the same code.
 */
export async function importPaths(
  python: string,
  { top, workingTree }: Pick<ExportedRevision, 'top' | 'workingTree'>,
  asking: Asking,
): Promise<{ readonly revision: string | undefined; readonly workingTree: string | undefined }> {
  const { exitCode, stdout } = await askProgram(python, ['-c', QUESTION], {
    ...asking,
    cwd: '/',
    timeoutMs: 60_000,
  });
  const paths = exitCode === 0 ? pathsIn(stdout) : [];
  const inside = [...new Set(paths)]
    .map((path) => relative(workingTree, existsSync(path) ? realpathSync(path) : path))
    // A virtual environment in the working tree is no part of the revision.
    .filter((path) => path !== '..' && !path.startsWith('../') && existsSync(join(top, path)));
  if (inside.length === 0) return { revision: undefined, workingTree: undefined };
  const given = (asking.env['PYTHONPATH'] ?? '').split(delimiter).filter((path) => path !== '');
  const below = (base: string): string =>
    [...inside.map((path) => join(base, path)), ...given].join(delimiter);
  return { revision: below(top), workingTree: below(workingTree) };
}

function pathsIn(stdout: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    return Array.isArray(value) ? value.map(String) : [];
  } catch {
    return [];
  }
}
