import { digraphOf } from '../graph/digraph.ts';
import type { Digraph, FolderImport, ImportGraph } from '../model/import-graph.ts';
import type { FirstImport } from './import-report.ts';

/**
 * Marks as not certain what goes well only while a folder that is no import root stands on the search path: there the graph
 * found a module that CPython, started elsewhere, would not find.
 */
export function doubtFolders(graph: ImportGraph, found: readonly FirstImport[]): readonly FirstImport[] {
  const { folderImports = [], modules } = graph;
  if (folderImports.length === 0) return found;
  const reached = reachedFrom(digraphOf(graph, 'runtime'), folderImports);
  const indexes = new Map(modules.map(({ name }, index) => [name, index]));
  return found.map((each) => {
    const reason = reached.get(indexes.get(each.module) ?? -1);
    if (reason === undefined || each.outcome !== 'ok' || each.assumption !== undefined) return each;
    const { folder, name, module } = reason;
    const assumption = `${folder} is on the search path, where ${modules[module]!.path} finds ${name}`;
    return { ...each, assumption };
  });
}

/** For each module the nearest such import that its own import executes, its own one first. */
function reachedFrom(
  { nodeCount, offsets, targets }: Digraph,
  folderImports: readonly FolderImport[],
): ReadonlyMap<number, FolderImport> {
  const importers = new Map<number, number[]>();
  for (let node = 0; node < nodeCount; node++) {
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      const list = importers.get(targets[edge]!);
      if (list === undefined) importers.set(targets[edge]!, [node]);
      else list.push(node);
    }
  }
  const reached = new Map(folderImports.map((each) => [each.module, each]));
  // Grows while it is gone through: breadth first.
  for (const [module, reason] of reached) {
    for (const importer of importers.get(module) ?? []) {
      if (!reached.has(importer)) reached.set(importer, reason);
    }
  }
  return reached;
}
