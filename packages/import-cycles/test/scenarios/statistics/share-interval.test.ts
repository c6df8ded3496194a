import { describe, expect, it } from 'vitest';
import { shareOf } from '../../../src/scenarios/statistics/share-interval.ts';

describe('shareOf', () => {
  // Reference values: Wilson's interval as other statistical packages give it.
  it.each([
    [0, 10, 0, 0, 27.75],
    [5, 10, 50, 23.66, 76.34],
    [10, 10, 100, 72.25, 100],
    [4, 40, 10, 3.96, 23.05],
  ])('gives %i of %i an interval', (happened, trials, value, low, high) => {
    const share = shareOf(happened, trials);
    expect(share.value).toBeCloseTo(value, 6);
    expect(share.low).toBeCloseTo(low, 1);
    expect(share.high).toBeCloseTo(high, 1);
  });

  it('needs 35 trials without a deadlock to stay below 10 %', () => {
    expect(shareOf(0, 34).high).toBeGreaterThan(10);
    expect(shareOf(0, 35).high).toBeLessThan(10);
  });

  it('says nothing about no trials', () => {
    expect(shareOf(0, 0)).toEqual({ value: Number.NaN, low: 0, high: 100 });
  });
});
