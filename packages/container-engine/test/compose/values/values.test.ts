import { expect, it } from 'vitest';
import { parseByteSize } from '../../../src/compose/values/byte-size.ts';
import { parseSpan } from '../../../src/compose/values/span.ts';
import { splitWords } from '../../../src/compose/values/words.ts';

it.each([
  ['0', 0],
  ['1', 1],
  ['1b', 1],
  ['1k', 1024],
  ['1KiB', 1024],
  ['1.5m', 1.5 * 2 ** 20],
  ['2 GB', 2 * 2 ** 30],
  ['1t', 2 ** 40],
  ['', undefined],
  ['-1', undefined],
  ['1x', undefined],
  ['m', undefined],
  ['1e3', undefined],
  ['99999p', undefined],
])('size %j', (text, bytes) => {
  expect(parseByteSize(text)).toBe(bytes);
});

it.each([
  ['10s', 10_000],
  ['1m30s', 90_000],
  ['1h', 3_600_000],
  ['500ms', 500],
  ['1.5s', 1500],
  ['250us', 0.25],
  ['0', 0],
  ['10', undefined],
  ['', undefined],
  ['soon', undefined],
  ['1s soon', undefined],
])('span %j', (text, ms) => {
  expect(parseSpan(text)).toBe(ms);
});

it.each([
  ['', []],
  ['pytest', ['pytest']],
  ['  pytest   -q ', ['pytest', '-q']],
  ['sh -c "pytest -q && true"', ['sh', '-c', 'pytest -q && true']],
  [`a 'b "c" d' e`, ['a', 'b "c" d', 'e']],
  ['a\\ b c', ['a b', 'c']],
  ['"a\\"b" "c\\d"', ['a"b', 'c\\d']],
  [`'' ""`, ['', '']],
  ['--x="1 2"3', ['--x=1 23']],
  ['"open', undefined],
])('words of %j', (text, words) => {
  expect(splitWords(text)).toEqual(words);
});
