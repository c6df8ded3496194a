import type { ImportGraph, ImportTable } from '../model/import-graph.ts';
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
  const firstLine = graph.imports.statementLine[row]!;
  const lastLine = lastLineOf(graph.imports, row);
  return {
    from: from.name,
    to: graph.modules[to]!.name,
    path: from.path,
    line: graph.imports.line[row]!,
    kind: IMPORT_KINDS[graph.imports.kind[row]!]!,
    ...(firstLine === lastLine ? {} : { statement: { firstLine, lastLine } }),
  };
}

/** The line of the last name that the statement of a row imports from the graph. Its rows follow each other. */
function lastLineOf({ count, from, line, statementLine }: ImportTable, row: number): number {
  let last = row;
  while (last + 1 < count && from[last + 1] === from[row] && statementLine[last + 1] === statementLine[row]) {
    last++;
  }
  return line[last]!;
}
