import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PAGE, stepSize } from '../../src/memory/step-size.ts';

test.each([
  [100e6, 10e6],
  [20e6, 10e6],
  [19e6, 1e6],
  [2e6, 1e6],
  [1.9e6, 65_536],
  [131_072, 65_536],
  [131_071, 31 * PAGE],
  [PAGE, PAGE],
  [PAGE - 1, 0],
  [0, 0],
  [-5e6, 0],
])('with %d to go it is %d', (remaining, step) => {
  expect(stepSize(remaining, 10e6)).toBe(step);
});

test('never goes beyond the target, and always ends', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 31 }),
      fc.integer({ min: PAGE, max: 64e6 }),
      (remaining, chunk) => {
        const step = stepSize(remaining, chunk);
        expect(step).toBeLessThanOrEqual(remaining);
        expect(step > 0).toBe(remaining >= PAGE);
      },
    ),
  );
});
