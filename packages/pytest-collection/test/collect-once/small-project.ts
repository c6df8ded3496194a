import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openWorkspace, type Workspace } from '@seaworthy/scenario';
import { collectOnce } from '../../src/collect-once.ts';
import type { CollectOptions } from '../../src/model/collect-options.ts';
import type { CollectionRun } from '../../src/model/collection-run.ts';
import type { CollectionTarget } from '../../src/model/collection-target.ts';
import { PYTHON } from '../interpreters/python.ts';
import { pytestFolder } from '../interpreters/pytests.ts';

export interface SmallProject extends AsyncDisposable {
  readonly root: string;
  readonly workspace: Workspace;
  path(name: string): string;
  collect(
    target?: Omit<Partial<CollectionTarget>, 'root'>,
    options?: Omit<CollectOptions, 'workspace'>,
  ): Promise<CollectionRun>;
}

/** A project of a few files, and the collection of it by pytest 9 without the plugins of this machine. */
export async function smallProject(files: Readonly<Record<string, string>>): Promise<SmallProject> {
  const workspace = await openWorkspace();
  const root = await workspace.makeFolder('project');
  for (const [name, text] of Object.entries({ 'pytest.ini': '[pytest]\n', ...files })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return {
    root,
    workspace,
    path: (name) => join(root, name),
    collect: ({ env, ...target } = {}, options = {}) =>
      collectOnce(
        {
          root,
          python: PYTHON,
          env: { PYTHONPATH: pytestFolder(9), PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1', ...env },
          ...target,
        },
        { ...options, workspace },
      ),
    [Symbol.asyncDispose]: () => workspace[Symbol.asyncDispose](),
  };
}

export const ONE_TEST = 'def test_one():\n    pass\n';
