import { expect, it } from 'vitest';
import { formatChange, formatInterval } from '../../../src/formats/comparison/change.ts';

it.each([
  [1, '0 %'],
  [0.9999, '0 %'],
  [0.88, '-12 %'],
  [1.004, '+0.4 %'],
  [0.02, '-98 %'],
  [2.5, '+150 %'],
  [4.13, '4.1x'],
  [0, ''],
  [Infinity, ''],
])('a ratio of %d is %s', (ratio, expected) => {
  expect(formatChange(ratio)).toBe(expected);
});

it('has a word for an interval that is open', () => {
  expect(formatInterval({ value: 1, low: 0.9, high: 1.2 })).toBe('-10 % to +20 %');
  expect(formatInterval({ value: 1, low: 0, high: Infinity })).toBe('too few pairs for an interval');
});
