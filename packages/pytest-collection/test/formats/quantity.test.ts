import { expect, it } from 'vitest';
import {
  counted,
  formatBytes,
  formatDuration,
  formatGrowth,
  formatLimit,
  formatShare,
} from '../../src/formats/quantity.ts';

it.each([
  [0, '0 ms'],
  [0.42, '0.42 ms'],
  [41.4, '41 ms'],
  [999.4, '999 ms'],
  [999.6, '1 s'],
  [1534, '1.53 s'],
  [59_949, '59.9 s'],
  [60_000, '1 min'],
  [125_000, '2 min 5 s'],
])('%d ms are %s', (ms, expected) => {
  expect(formatDuration(ms)).toBe(expected);
});

it.each([
  [512, '512 B'],
  [20_480, '20.5 kB'],
  [84_000_000, '84 MB'],
  [1_073_741_824, '1.07 GB'],
])('%d bytes are %s', (bytes, expected) => {
  expect(formatBytes(bytes)).toBe(expected);
});

it.each([
  [512 * 2 ** 20, '512 MiB'],
  [100_000_000, '95.4 MiB'],
  [2000 * 2 ** 20, '2,000 MiB'],
  [2 ** 30, '1 GiB'],
  [1.5 * 2 ** 30, '1.5 GiB'],
  [33_500_000_000, '31.2 GiB'],
])('a limit of %d bytes is %s', (bytes, expected) => {
  expect(formatLimit(bytes)).toBe(expected);
});

it.each([
  [41_000_000, '+41 MB'],
  [-2_100_000, '-2.1 MB'],
  [4095, '0'],
  [-4095, '0'],
])('growth of %d bytes is %s', (bytes, expected) => {
  expect(formatGrowth(bytes)).toBe(expected);
});

it.each([
  [0, 100, '0 %'],
  [0.05, 100, '< 0.1 %'],
  [0.44, 100, '0.4 %'],
  [39.4, 100, '39 %'],
  [1, 0, ''],
])('%d of %d is %s', (part, whole, expected) => {
  expect(formatShare(part, whole)).toBe(expected);
});

it('counts', () => {
  expect([0, 1, 12_345].map((count) => counted(count, 'test'))).toEqual([
    '0 tests',
    '1 test',
    '12,345 tests',
  ]);
  expect(counted(2, 'class', 'classes')).toBe('2 classes');
});
