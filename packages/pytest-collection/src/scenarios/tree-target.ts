import type { MeasureContext } from '@seaworthy/scenario';
import type { CollectionTarget } from '../model/collection-target.ts';
import type { GeneratedTree } from '../model/tree-spec.ts';
import { pythonOf } from './collect/requires-pytest.ts';

/** Arguments of the user's own are meant for the project, not for our trees. Plugins that are installed stay. */
const PROJECT_ONLY = { PYTEST_ADDOPTS: undefined, PYTEST_PLUGINS: undefined };

/** What to collect a generated tree with: the project's interpreter, and the plugins that are installed there. */
export function treeTarget(
  { root }: Pick<GeneratedTree, 'root'>,
  { environment }: Pick<MeasureContext, 'environment'>,
): CollectionTarget {
  return { root, python: pythonOf(environment).executable, env: PROJECT_ONLY };
}
