import { describe, expect, it } from 'vitest';
import { painter } from '../../../src/formats/text/paint.ts';
import { type Column, tableLines } from '../../../src/formats/text/table-lines.ts';

const COLUMNS: Column[] = [
  { title: '', kind: 'path' },
  { title: 'wall', kind: 'figure' },
  { title: 'CPU', kind: 'figure', spare: 2 },
  { title: 'by', kind: 'name', spare: 1 },
];

const ROWS = [
  ['tests/a/test_one.py', '1.2 s', '1 s', 'pandas'],
  ['日本語.py', '12 ms', '9 ms', ''],
].map((row) => row.map((text) => ({ text })));

function lines(columns: number): string[] {
  return tableLines(COLUMNS, ROWS, { paint: painter(false), columns });
}

describe('tableLines', () => {
  it('aligns figures to the right, by the columns that letters take', () => {
    expect(lines(80)).toEqual([
      '                        wall   CPU  by',
      '  tests/a/test_one.py  1.2 s   1 s  pandas',
      '  日本語.py            12 ms  9 ms',
    ]);
  });

  it('leaves out columns, the most dispensable first', () => {
    expect(lines(40)[1]).toBe('  tests/a/test_one.py  1.2 s  pandas');
    expect(lines(30)[1]).toBe('  tests/a/test_one.py  1.2 s');
  });

  it('cuts a path at its beginning where nothing else can go', () => {
    expect(lines(24)[1]).toBe('  …/a/test_one.py  1.2 s');
  });

  it('leaves out a column in which nothing stands', () => {
    const rows = [[{ text: 'a' }, { text: '' }, { text: '' }, { text: 'b' }]];
    expect(tableLines(COLUMNS, rows, { paint: painter(false), columns: 80 })).toEqual(['     by', '  a  b']);
  });
});
