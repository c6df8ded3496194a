import { expect, it } from 'vitest';
import { printable, printableLines } from '../../src/formats/printable.ts';

it.each([
  ['plain, größe and 日本語', 'plain, größe and 日本語'],
  ['a\nb\tc\r', 'a\\nb\\tc\\r'],
  ['\u001B[31mred', '\\x1b[31mred'],
  ['\u202Etxt.exe', '\\u202etxt.exe'],
  ['half \uD83D of a face', 'half \\ud83d of a face'],
  ['a whole \u{1F600}', 'a whole \u{1F600}'],
])('%j is printed as %j', (text, expected) => {
  expect(printable(text)).toBe(expected);
});

it('keeps the lines of a traceback, and what is on each harmless', () => {
  expect(printableLines('one\r\n\ttwo\n\u001B[31mthree\n\n')).toEqual(['one', '    two', '\\x1b[31mthree']);
  expect(printableLines('')).toEqual([]);
});
