import { expect, test } from 'vitest';
import { byteSize } from '../../src/options/byte-size.ts';

test.each([
  ['512m', 536_870_912],
  ['512M', 536_870_912],
  ['512MB', 536_870_912],
  ['512 MiB', 536_870_912],
  ['1.5g', 1_610_612_736],
  ['2k', 2048],
  ['100b', 100],
  ['1000', 1000],
])('a size %s', (text, bytes) => {
  expect(byteSize('--limit', text)).toBe(bytes);
});

test.each(['', '0', '0m', '-1m', '5x', '1e9', 'm', '512 m b', 'NaN', '1,5g', '99999999999g'])(
  'no size: %j',
  (text) => {
    expect(() => byteSize('--limit', text)).toThrow(/--limit takes a size above 0, such as 512m/);
  },
);
