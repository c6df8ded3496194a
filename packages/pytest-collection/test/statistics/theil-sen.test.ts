import { describe, expect, it } from 'vitest';
import { theilSen } from '../../src/statistics/theil-sen.ts';
import { gaussian } from './gaussian.ts';

describe('theilSen', () => {
  it('agrees with scipy.stats.theilslopes, repeats at one size included', () => {
    const x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10];
    const y = [2.1, 3.9, 6.2, 8.1, 9.7, 12.5, 14.2, 15.6, 18.8, 20.4, 20, 19.7];
    const { value, low, high } = theilSen(x.map((one, i) => ({ x: one, y: y[i] ?? 0 })));
    expect(value).toBeCloseTo(2, 6);
    expect(low).toBeCloseTo(1.9286, 3);
    expect(high).toBeCloseTo(2.1, 6);
  });

  it('does not mind a wild sample', () => {
    const points = Array.from({ length: 12 }, (_, i) => ({ x: i, y: i === 5 ? 1000 : 3 * i }));
    expect(theilSen(points)).toMatchObject({ value: 3, low: 3, high: 3 });
  });

  it('has no interval with few points', () => {
    const points = [1, 2, 3, 4].map((x) => ({ x, y: x }));
    expect(theilSen(points)).toEqual({
      value: 1,
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
    });
  });

  it('contains the true slope about as often as it says', () => {
    const noise = gaussian(2);
    let contained = 0;
    for (let run = 0; run < 1000; run++) {
      const points = Array.from({ length: 8 }, (_, x) => ({ x, y: 0.5 * x + noise() }));
      const { low, high } = theilSen(points);
      if (low <= 0.5 && 0.5 <= high) contained++;
    }
    expect(contained).toBeGreaterThanOrEqual(930);
  });
});
