import type { Unit } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { formatQuantity } from '../src/index.ts';

test.each<[number, Unit, string]>([
  [0, 'ms', '0 ms'],
  [0.04123, 'ms', '0.041 ms'],
  [41.4, 'ms', '41 ms'],
  [999.4, 'ms', '999 ms'],
  [999.6, 'ms', '1 s'],
  [1530, 'ms', '1.53 s'],
  [59_940, 'ms', '59.9 s'],
  [59_990, 'ms', '1 min'],
  [125_000, 'ms', '2 min 5 s'],
  [7_200_000, 'ms', '120 min'],
  [0, 'bytes', '0 B'],
  [512, 'bytes', '512 B'],
  [20_480, 'bytes', '20.5 kB'],
  [999_600, 'bytes', '1 MB'],
  [150_000_000, 'bytes', '150 MB'],
  [1_073_741_824, 'bytes', '1.07 GB'],
  [-2_500_000, 'bytes', '-2.5 MB'],
  [12_000, 'count', '12,000'],
  [2.34567, 'count', '2.35'],
  [4.123, 'ratio', '4.12x'],
  [99.52, 'percent', '99.5 %'],
  [0.000_5, 'percent', '0.0005 %'],
  [50.04, 'per-second', '50/s'],
])('%s %s is %s', (value, unit, text) => {
  expect(formatQuantity({ value, unit })).toBe(text);
});
