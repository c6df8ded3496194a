import type { ImportGraph, ImportRecord } from './import-graph.ts';
import { IMPORT_FORMS, IMPORT_KINDS } from './import-kind.ts';

/** Row `row` of the graph's import table, with names instead of indexes. */
export function readImport(graph: ImportGraph, row: number): ImportRecord {
  const { imports, modules } = graph;
  if (!Number.isInteger(row) || row < 0 || row >= imports.count) {
    throw new RangeError(`Expected a row from 0 to ${imports.count - 1}, got ${row}`);
  }
  return {
    from: modules[imports.from[row]!]!,
    to: modules[imports.to[row]!]!,
    line: imports.line[row]!,
    column: imports.column[row]!,
    statementLine: imports.statementLine[row]!,
    kind: IMPORT_KINDS[imports.kind[row]!]!,
    form: IMPORT_FORMS[imports.form[row]!]!,
  };
}
