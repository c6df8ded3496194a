import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leakSlope } from '../../src/statistics/leak-slope.ts';
import { theilSen } from '../../src/statistics/theil-sen.ts';

/** The same numbers each time, roughly normal. */
function noise(count: number, deviation: number): number[] {
  let state = 42;
  const uniform = (): number => (state = (state * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
  return Array.from({ length: count }, () => (uniform() + uniform() + uniform() - 1.5) * 2 * deviation);
}

const series = (count: number, slope: number, deviation = 0): number[] =>
  noise(count, deviation).map((wander, at) => 40e6 + slope * at + wander);

describe('theilSen', () => {
  test('is exact on a line, and its interval is the line', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 60 }), fc.integer({ min: -5000, max: 5000 }), (count, slope) => {
        expect(theilSen(series(count, slope))).toEqual({ value: slope, low: slope, high: slope });
      }),
    );
  });

  test('is not led astray by two values in seven', () => {
    const values = series(98, 1000).map((value, at) => (at % 7 < 2 ? value + 1e9 * (at % 3) : value));
    const { value } = theilSen(values);
    expect(value).toBeCloseTo(1000, 0);
  });

  test('of too few values the interval is infinite', () => {
    expect(theilSen([1, 2])).toEqual({ value: 1, low: -Infinity, high: Infinity });
    expect(theilSen([1]).value).toBeNaN();
  });

  test('the interval covers the true slope in 95 of 100 cases', () => {
    const all = noise(100 * 40, 5000);
    const covered = Array.from({ length: 100 }, (_, at) =>
      theilSen(all.slice(at * 40, at * 40 + 40).map((wander, x) => 200 * x + wander)),
    ).filter(({ low, high }) => low <= 200 && 200 <= high);
    expect(covered.length).toBeGreaterThanOrEqual(89);
  });
});

describe('leakSlope', () => {
  test('a clean program that wanders is none, and so is one that grows by less than the effect size', () => {
    expect(leakSlope(series(110, 0, 20_000)).verdict).toBe('none');
    expect(leakSlope(series(110, 400, 2000)).verdict).toBe('none');
  });

  test('4 KB an iteration is one', () => {
    const { verdict, slope } = leakSlope(series(110, 4096, 20_000));
    expect(verdict).toBe('leak');
    expect(slope.value).toBeGreaterThan(3500);
  });

  test('at the effect size exactly it is none; above, it is one', () => {
    expect(leakSlope(series(100, 1024)).verdict).toBe('none');
    expect(leakSlope(series(100, 1025)).verdict).toBe('leak');
    expect(leakSlope(series(100, 1025), { effectBytes: 2000 }).verdict).toBe('none');
  });

  test('too few samples, or too much noise, decide nothing', () => {
    expect(leakSlope(series(99, 4096)).verdict).toBe('unclear');
    expect(leakSlope(series(99, 4096), { warmUp: 9 }).verdict).toBe('leak');
    expect(leakSlope(series(110, 1024, 20_000)).verdict).toBe('unclear');
  });

  test('the warm-up does not count', () => {
    const warmed = series(110, 0).map((value, at) => (at < 10 ? value - (10 - at) * 1e6 : value));
    expect(leakSlope(warmed)).toMatchObject({ verdict: 'none', samples: 100, slope: { value: 0 } });
  });
});
