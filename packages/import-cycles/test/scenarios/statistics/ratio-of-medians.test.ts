import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ratioOfMedians } from '../../../src/scenarios/statistics/ratio-of-medians.ts';
import { seededRandom } from '../../../src/scenarios/statistics/seeded-random.ts';

describe('ratioOfMedians', () => {
  it('estimates the ratio with an interval around it', () => {
    const { value, low, high } = ratioOfMedians([10, 12, 11, 9, 10], [5, 6, 5, 4, 5], 1);
    expect(value).toBe(2);
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThanOrEqual(value);
  });

  it('has no width where the samples have none', () => {
    expect(ratioOfMedians([6, 6, 6], [3, 3, 3], 7)).toEqual({ value: 2, low: 2, high: 2 });
  });

  it('is the same for the same seed', () => {
    const above = [3, 1, 4, 1, 5, 9, 2, 6];
    const below = [2, 7, 1, 8, 2, 8, 1, 8];
    expect(ratioOfMedians(above, below, 42)).toEqual(ratioOfMedians(above, below, 42));
  });

  it('contains the true ratio about as often as it says', () => {
    const random = seededRandom(5);
    const noisy = (): number => Math.exp((random() + random() + random() - 1.5) * 0.4);
    let contained = 0;
    for (let run = 0; run < 200; run++) {
      const above = Array.from({ length: 20 }, () => 3 * noisy());
      const below = Array.from({ length: 20 }, noisy);
      const { low, high } = ratioOfMedians(above, below, run);
      if (low <= 3 && 3 <= high) contained++;
    }
    expect(contained).toBeGreaterThan(180);
  });

  it('keeps its value inside its interval', () => {
    const sample = fc.double({ min: 0.1, max: 1000, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(sample, sample), { minLength: 1, maxLength: 12 }),
        fc.nat(),
        (pairs, seed) => {
          const { low, high } = ratioOfMedians(
            pairs.map(([a]) => a),
            pairs.map(([, b]) => b),
            seed,
          );
          expect(low).toBeLessThanOrEqual(high);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('demands pairs', () => {
    expect(() => ratioOfMedians([1, 2], [1], 0)).toThrow('Expected pairs of samples, got 2 and 1');
    expect(() => ratioOfMedians([], [], 0)).toThrow(RangeError);
  });
});
