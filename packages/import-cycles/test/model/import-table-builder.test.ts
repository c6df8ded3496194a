import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImportGraph } from '../../src/model/import-graph.ts';
import { IMPORT_FORMS, IMPORT_KINDS } from '../../src/model/import-kind.ts';
import { ImportTableBuilder } from '../../src/model/import-table-builder.ts';
import type { ImportRow } from '../../src/model/import-table-builder.ts';
import { readImport } from '../../src/model/read-import.ts';

const row: fc.Arbitrary<ImportRow> = fc.record({
  from: fc.nat(9),
  to: fc.nat(9),
  line: fc.integer({ min: 1, max: 5 }),
  column: fc.integer({ min: 1, max: 5 }),
  statementLine: fc.integer({ min: 1, max: 5 }),
  kind: fc.constantFrom(...IMPORT_KINDS),
  form: fc.constantFrom(...IMPORT_FORMS),
});

const modules = Array.from({ length: 10 }, (_, n) => ({
  name: `m${n}`,
  path: `m${n}.py`,
  isPackage: false,
  parent: -1,
}));

function graphOf(rows: readonly ImportRow[]): ImportGraph {
  const builder = new ImportTableBuilder();
  for (const each of rows) builder.add(each);
  return {
    language: 'python',
    base: '/',
    roots: ['.'],
    modules,
    imports: builder.build(),
    external: new Map(),
    problems: [],
    ignoreComments: [],
  };
}

describe('ImportTableBuilder', () => {
  it('keeps every row, by module and position, equal places in the order in which they came', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
        const graph = graphOf(rows);
        const expected = rows
          .map((each, index) => ({ ...each, index }))
          .sort((a, b) => a.from - b.from || a.line - b.line || a.column - b.column || a.index - b.index)
          .map(({ index: _, ...each }) => ({ ...each, from: modules[each.from]!, to: modules[each.to]! }));
        expect(rows.map((_, index) => readImport(graph, index))).toEqual(expected);
      }),
    );
  });

  it('grows beyond any first size', () => {
    const rows = Array.from({ length: 5000 }, (_, n): ImportRow => {
      return {
        from: n % 7,
        to: n % 10,
        line: n + 1,
        column: 1,
        statementLine: n + 1,
        kind: 'module',
        form: 'from',
      };
    });
    expect(graphOf(rows).imports.count).toBe(5000);
  });
});

describe('readImport', () => {
  it.each([-1, 1, 0.5, Number.NaN])('refuses row %d of a table of one', (index) => {
    const only: ImportRow = {
      from: 0,
      to: 1,
      line: 1,
      column: 1,
      statementLine: 1,
      kind: 'lazy',
      form: 'star',
    };
    expect(() => readImport(graphOf([only]), index)).toThrow(RangeError);
  });
});
