import type { ImportGraph } from '../model/import-graph.ts';
import { IMPORT_KINDS } from '../model/import-kind.ts';
import type { ReportedImport } from './import-report.ts';

/**
 * A row of the import table with names instead of indexes.
 *
 * @param to - The module to name as its target: another than the row's own where the row stands for an import of a
 * package above it.
 */
export function reportedImport(
  graph: ImportGraph,
  row: number,
  to: number = graph.imports.to[row]!,
): ReportedImport {
  const from = graph.modules[graph.imports.from[row]!]!;
  return {
    from: from.name,
    to: graph.modules[to]!.name,
    path: from.path,
    line: graph.imports.line[row]!,
    kind: IMPORT_KINDS[graph.imports.kind[row]!]!,
  };
}
