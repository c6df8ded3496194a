import { appendFile, cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { MeasureContext } from '@seaworthy/scenario';
import type { TreeSpec } from '../../model/tree-spec.ts';
import { treeFor } from '../collect/tree-for.ts';

/** Code that a fault brings into a tree. */
export interface AddedCode {
  /** At the end of its conftest. */
  readonly conftest: string | null;
  /** A plugin that the conftest's folder loads: unlike a conftest it stays loaded between collections. */
  readonly plugin: string | null;
}

export const NO_CODE: AddedCode = { conftest: null, plugin: null };

/** Name of the module that `plugin` becomes. */
export const PLUGIN = 'stowaway';

/**
 * A generated tree with some code added, as a folder of its own: the tree itself is shared and stays as it is.
 *
 * @returns the folder, and what has to be on PYTHONPATH
 */
export async function testsWithCode(
  spec: TreeSpec,
  { conftest, plugin }: AddedCode,
  context: MeasureContext,
): Promise<{ readonly root: string; readonly modules: string | null; readonly tests: number }> {
  const tree = await treeFor(context, spec);
  if (conftest === null && plugin === null) return { root: tree.root, modules: null, tests: tree.tests };
  const root = await context.workspace.makeFolder('tests');
  await cp(tree.root, root, { recursive: true });
  if (conftest !== null) await appendFile(join(root, 'conftest.py'), `\n\n${conftest}`);
  if (plugin === null) return { root, modules: null, tests: tree.tests };
  const modules = await context.workspace.makeFolder('modules');
  await appendFile(join(modules, `${PLUGIN}.py`), plugin);
  return { root, modules, tests: tree.tests };
}
