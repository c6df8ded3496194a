import { join } from 'node:path';
import type { MeasureContext } from '@seaworthy/scenario';
import type { GeneratedTree, TreeSpec } from '../../model/tree-spec.ts';
import { generateTree } from '../../trees/generate-tree.ts';

/**
 * A tree in the scenario's own folder, written once however often it is asked for. It does not outlive the scenario:
 * writing a thousand files takes a fifth of a second, and a folder that stays would have to be kept from growing, from
 * being half-written, and from whoever else may write to it, whose Python would then be run.
 */
export function treeFor(
  { workspace }: Pick<MeasureContext, 'workspace'>,
  spec: TreeSpec,
): Promise<GeneratedTree> {
  return generateTree(spec, { cacheFolder: join(workspace.folder, 'trees') });
}
