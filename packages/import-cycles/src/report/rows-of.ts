import type { ImportTable } from '../model/import-graph.ts';

/** First row of a module and the row after its last: the table is ordered by `from`. */
export function rowsOf(
  imports: ImportTable,
  module: number,
): { readonly start: number; readonly end: number } {
  return { start: firstFrom(imports, module), end: firstFrom(imports, module + 1) };
}

function firstFrom(imports: ImportTable, module: number): number {
  let low = 0;
  let high = imports.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (imports.from[middle]! < module) low = middle + 1;
    else high = middle;
  }
  return low;
}
