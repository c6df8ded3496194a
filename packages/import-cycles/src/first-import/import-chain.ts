import { IMPORT_KINDS } from '../model/import-kind.ts';
import type { ImportGraph } from '../model/import-graph.ts';
import type { ReportedImport } from '../report/import-report.ts';

/** Import statements in progress, by module names and lines, as a reader meets them. */
export function importChain(
  graph: ImportGraph,
  steps: readonly { readonly from: string; readonly to: string; readonly line: number }[],
): ReportedImport[] {
  return steps.map(({ from, to, line }) => {
    const index = graph.modules.findIndex(({ name }) => name === from);
    return { from, to, path: graph.modules[index]?.path ?? '', line, kind: kindAt(graph, index, line) };
  });
}

/** The kind of the imports that stand on a line (one statement's are all alike). */
function kindAt({ imports }: ImportGraph, module: number, line: number): ReportedImport['kind'] {
  for (let row = 0; row < imports.count; row++) {
    if (imports.from[row] === module && (imports.statementLine[row] === line || imports.line[row] === line)) {
      return IMPORT_KINDS[imports.kind[row]!] ?? 'module';
    }
  }
  return 'module';
}
