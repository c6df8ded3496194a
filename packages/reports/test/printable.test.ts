import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable } from '../src/index.ts';

test('what could fake a line or move the cursor is shown by its number', () => {
  expect(printable('a\nb\t\u001b[31mred\u0007\u009b')).toBe('a\\nb\\t\\x1b[31mred\\x07\\x9b');
  expect(printable('abc\u202egpj.exe\u2066')).toBe('abc\\u202egpj.exe\\u2066');
  expect(printable('half \ud800 pair')).toBe('half \\ud800 pair');
});

test('letters of every script stay', () => {
  expect(printable('модуль 模块 ünï 👍 "x" \\n')).toBe('модуль 模块 ünï 👍 "x" \\n');
});

test('nothing that a terminal obeys is ever left', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(printable(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});
