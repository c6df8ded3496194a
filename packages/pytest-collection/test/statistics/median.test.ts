import { describe, expect, it } from 'vitest';
import { median, medianInterval } from '../../src/statistics/median.ts';
import { seededRandom } from '../../src/statistics/seeded-random.ts';

describe('median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
  ])('of %j is %d', (numbers, expected) => {
    expect(median(numbers)).toBe(expected);
  });

  it('of nothing is not a number', () => {
    expect(median([])).toBeNaN();
  });
});

describe('medianInterval', () => {
  it('lies between two samples, as tables of the sign test say', () => {
    expect(medianInterval([6, 5, 4, 3, 2, 1])).toEqual({ value: 3.5, low: 1, high: 6 });
    const ten = Array.from({ length: 10 }, (_, i) => i + 1);
    expect(medianInterval(ten)).toEqual({ value: 5.5, low: 2, high: 9 });
  });

  it('is infinite where there are too few samples', () => {
    expect(medianInterval([1, 2, 3, 4, 5])).toEqual({
      value: 3,
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
    });
  });

  it('does not break with very many samples', () => {
    const { low, high } = medianInterval(Array.from({ length: 4001 }, (_, i) => i));
    expect(low).toBeGreaterThan(1900);
    expect(high).toBeLessThan(2100);
  });

  it('contains the median at least as often as it says', () => {
    const random = seededRandom(3);
    let contained = 0;
    for (let run = 0; run < 1000; run++) {
      const { low, high } = medianInterval(Array.from({ length: 12 }, () => random() ** 3));
      if (low <= 0.125 && 0.125 <= high) contained++;
    }
    expect(contained).toBeGreaterThanOrEqual(940);
  });
});
