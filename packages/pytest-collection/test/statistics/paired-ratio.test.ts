import { describe, expect, it } from 'vitest';
import { pairedRatio } from '../../src/statistics/paired-ratio.ts';
import { gaussian } from './gaussian.ts';

describe('pairedRatio', () => {
  it('is the estimate of Hodges and Lehmann with the interval of the signed-rank test', () => {
    const after = [1.1, 1.3, 0.9, 1.2, 1.05, 1.4, 1.15, 1.25];
    const { value, low, high } = pairedRatio(
      after.map(() => 1),
      after,
    );
    expect(value).toBeCloseTo(1.170466, 6);
    expect(low).toBeCloseTo(1.017349, 6);
    expect(high).toBeCloseTo(1.3, 6);
  });

  it('has no width where the pairs have none', () => {
    const { value, low, high } = pairedRatio([3, 3, 3, 3, 3, 3], [6, 6, 6, 6, 6, 6]);
    for (const end of [value, low, high]) expect(end).toBeCloseTo(2, 12);
  });

  it('is not moved by what slows both sides of a pair', () => {
    const slow = [1, 1, 5, 1, 20, 1];
    const { low, high } = pairedRatio(
      slow,
      slow.map((one) => 1.5 * one),
    );
    expect(low).toBeCloseTo(1.5, 12);
    expect(high).toBeCloseTo(1.5, 12);
  });

  it('has no interval below 6 pairs', () => {
    expect(pairedRatio([1, 1, 1, 1, 1], [2, 2, 2, 2, 2])).toMatchObject({
      low: 0,
      high: Number.POSITIVE_INFINITY,
    });
  });

  it('contains the true ratio as often as it says, with wild samples among them', () => {
    const noise = gaussian(11);
    let contained = 0;
    for (let run = 0; run < 1000; run++) {
      const sample = (): number => Math.exp(0.12 * noise() + (Math.abs(noise()) > 1.8 ? 1 : 0));
      const before = Array.from({ length: 10 }, sample);
      const after = Array.from({ length: 10 }, () => 1.2 * sample());
      const { low, high } = pairedRatio(before, after);
      if (low <= 1.2 && 1.2 <= high) contained++;
    }
    expect(contained).toBeGreaterThanOrEqual(935);
  });

  it('demands pairs of figures above 0', () => {
    expect(() => pairedRatio([1, 2], [1])).toThrow('Expected pairs of samples, got 2 and 1');
    expect(() => pairedRatio([], [])).toThrow(RangeError);
    expect(() => pairedRatio([1], [0])).toThrow('Expected figures above 0, got 0');
    expect(() => pairedRatio([Number.NaN], [1])).toThrow(RangeError);
  });
});
