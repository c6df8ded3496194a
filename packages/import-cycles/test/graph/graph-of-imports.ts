import type { ImportGraph, ImportTable, Module } from '../../src/model/import-graph.ts';
import { IMPORT_FORMS, IMPORT_KINDS, type ImportKind } from '../../src/model/import-kind.ts';

/** An import graph from dotted names: `['a', 'b', 'function']` is an import of `b` in a function of `a`. */
export function graphOfImports(
  names: readonly string[],
  rows: readonly (readonly [from: string, to: string, kind?: ImportKind])[],
  packages: readonly string[] = [],
): ImportGraph {
  const index = new Map(names.map((name, at) => [name, at]));
  const modules = names.map((name): Module => {
    const isPackage = packages.includes(name);
    const path = name.replaceAll('.', '/') + (isPackage ? '/__init__.py' : '.py');
    return { name, path, isPackage, parent: parentOf(name, index) };
  });
  const sorted = rows.toSorted((a, b) => index.get(a[0])! - index.get(b[0])!);
  return {
    language: 'python',
    base: '/project',
    roots: ['.'],
    modules,
    imports: tableOf(sorted.map(([from, to, kind = 'module']) => [index.get(from)!, index.get(to)!, kind])),
    external: new Map(),
    problems: [],
    ignoreComments: [],
  };
}

function parentOf(name: string, index: ReadonlyMap<string, number>): number {
  for (let above = name; above.includes('.');) {
    above = above.slice(0, above.lastIndexOf('.'));
    if (index.has(above)) return index.get(above)!;
  }
  return -1;
}

function tableOf(rows: readonly (readonly [from: number, to: number, kind: ImportKind])[]): ImportTable {
  const lines = Int32Array.from(rows, (_, row) => row + 1);
  return {
    count: rows.length,
    from: Int32Array.from(rows, ([from]) => from),
    to: Int32Array.from(rows, ([, to]) => to),
    line: lines,
    column: new Int32Array(rows.length).fill(8),
    statementLine: lines,
    kind: Uint8Array.from(rows, ([, , kind]) => IMPORT_KINDS.indexOf(kind)),
    form: new Uint8Array(rows.length).fill(IMPORT_FORMS.indexOf('import')),
  };
}
