import { expect, test } from 'vitest';
import { fairnessOf } from '../../src/memory/fairness.ts';

test.each([
  [[5, 5, 5], 1],
  [[9, 0, 0], 1 / 3],
  [[], 1],
  [[0, 0], 1],
  [[1, 3], 0.8],
])('of %j is %d', (shares, expected) => {
  expect(fairnessOf(shares)).toBeCloseTo(expected, 10);
});
