import { expect, it } from 'vitest';
import { cut, padded, paragraph, wrapped } from '../../../src/formats/text/fit.ts';

it.each([
  ['test_cart.py', 12, 'end', 'test_cart.py'],
  ['test_cart.py', 8, 'end', 'test_ca…'],
  ['tests/test_cart.py', 8, 'start', '…cart.py'],
  ['日本語日本語', 6, 'end', '日本…'],
  ['日本語日本語', 6, 'start', '…本語'],
  ['👩‍👩‍👧x', 2, 'end', '…'],
] as const)('%s cut to %i columns at its %s is %s', (text, columns, side, expected) => {
  expect(cut(text, columns, side)).toBe(expected);
});

it('fills up by columns, not by characters', () => {
  expect(padded('日本', 6)).toBe('日本  ');
  expect(padded('日本', 6, 'right')).toBe('  日本');
  expect(padded('too long', 3)).toBe('too long');
});

it('breaks between words, and a word that is too long anywhere', () => {
  expect(wrapped('one two three', 8)).toEqual(['one two', 'three']);
  expect(wrapped('a abcdefghij b', 4)).toEqual(['a', 'abcd', 'efgh', 'ij b']);
  expect(paragraph('* ', 'one two three four five', 18)).toEqual(['* one two three', '  four five']);
});
