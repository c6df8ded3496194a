import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf, cutToColumns } from '../../src/terminal/columns.ts';
import { wrap } from '../../src/terminal/wrap.ts';

test.each([
  ['shop.orders', 4, 'shop'],
  ['注文モジュール', 5, '注文'],
  ['e\u0301t\u00e9', 2, 'e\u0301t'],
  ['👩‍👩‍👧 family', 3, '👩‍👩‍👧 '],
  ['short', 80, 'short'],
])('%s in %i columns', (text, columns, cut) => {
  expect(cutToColumns(text, columns)).toBe(cut);
});

test('what is cut is a beginning that fits', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, columns) => {
      const cut = cutToColumns(text, columns);
      expect(text.startsWith(cut)).toBe(true);
      expect(columnsOf(cut)).toBeLessThanOrEqual(columns);
    }),
  );
});

test('lines of wide letters are broken by their columns', () => {
  expect(wrap('注文 は 請求', 7)).toEqual(['注文 は', '請求']);
});
