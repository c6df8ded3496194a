import { UsageError } from '@seaworthy/scenario';
import { describe, expect, it } from 'vitest';
import { fitGrowth } from '../../src/growth/fit-growth.ts';
import type { Growth } from '../../src/growth/growth.ts';
import { gaussian } from '../statistics/gaussian.ts';

const SIZES = [100, 200, 500, 1000];
const RUNS = 500;

/** How often each conclusion is drawn from noisy points of a curve. */
function conclusions(
  curve: (size: number) => number,
  { noise = 0.1, repeats = 3, sizes = SIZES, seed = 1 } = {},
): Record<Growth['conclusion'], number> {
  const deviate = gaussian(seed);
  const counts = { 'sub-linear': 0, linear: 0, 'super-linear': 0, 'cannot-tell': 0 };
  for (let run = 0; run < RUNS; run++) {
    const points = sizes.flatMap((size) =>
      Array.from({ length: repeats }, () => ({
        size,
        value: curve(size) * Math.max(0.1, 1 + noise * deviate()),
      })),
    );
    counts[fitGrowth(points).conclusion] += 1;
  }
  return counts;
}

const points = (curve: (size: number) => number, sizes: readonly number[] = [1, ...SIZES, ...SIZES]) =>
  sizes.map((size) => ({ size, value: curve(size) }));

describe('fitGrowth, of exact points', () => {
  it.each([
    ['linear', (n: number) => 40e6 + 35e3 * n, 1],
    ['super-linear', (n: number) => 40e6 + 60 * n ** 2, 2],
    ['sub-linear', (n: number) => 40e6 + 1e6 * Math.sqrt(n), 0.5],
  ] as const)('calls %s what it is, whatever the constant part', (conclusion, curve, exponent) => {
    const growth = fitGrowth(points(curve));
    expect(growth.conclusion).toBe(conclusion);
    expect(growth.reasons).toEqual([]);
    expect(growth.exponent.value).toBeCloseTo(exponent, 1);
    expect(growth.base / 40e6).toBeCloseTo(1, 1);
  });

  it('tells how the whole grows, and by how much for one more', () => {
    const growth = fitGrowth(points((n) => 40e6 + 35e3 * n));
    expect(growth.slope.value).toBeCloseTo(35e3, 0);
    expect(growth.overall.value).toBeLessThan(0.4);
    expect(growth.variableShare).toBeCloseTo(35 / 75, 2);
  });
});

describe('fitGrowth, of 500 simulated measurements with 10 % noise', () => {
  it.each([
    ['without a constant part', (n: number) => n],
    ['with half of it constant', (n: number) => 500 + n],
    ['with most of it constant', (n: number) => 5000 + n],
    ['that does not grow', () => 5000],
  ] as const)('calls linear data %s super-linear in less than 2 %%', (_, curve) => {
    for (const repeats of [2, 3, 5])
      expect(conclusions(curve, { repeats })['super-linear']).toBeLessThan(0.02 * RUNS);
  });

  it.each([
    ['alone', (n: number) => n ** 2],
    ['above a constant part', (n: number) => 250_000 + n ** 2],
    ['above a linear part', (n: number) => 100_000 + 100 * n + n ** 2],
  ] as const)('finds quadratic growth %s in more than 95 %%', (_, curve) => {
    expect(conclusions(curve)['super-linear']).toBeGreaterThan(0.95 * RUNS);
  });

  it('finds no exponent in what does not grow', () => {
    expect(conclusions(() => 5000)['cannot-tell']).toBeGreaterThan(0.97 * RUNS);
  });
});

describe('fitGrowth, of peaks of memory', () => {
  it('calls linear growth linear', () => {
    const counts = conclusions((n) => 40 + 0.035 * n, { noise: 0.003, repeats: 2, sizes: [1, ...SIZES] });
    expect(counts.linear).toBeGreaterThan(0.99 * RUNS);
  });

  it('sees a quadratic part that is smaller than the linear one', () => {
    const curve = (n: number): number => 40 + 0.035 * n + 3e-5 * n ** 2;
    const counts = conclusions(curve, { noise: 0.003, repeats: 2, sizes: [1, ...SIZES] });
    expect(counts['super-linear']).toBeGreaterThan(0.95 * RUNS);
  });
});

describe('fitGrowth, where it cannot be told', () => {
  it.each([
    ['few points', points((n) => n, [100, 200, 500, 1000]), ['only 4 points, 6 are needed']],
    ['few sizes', points((n) => n ** 2, [100, 100, 100, 900, 900, 900]), ['only 2 sizes, 3 are needed']],
    [
      'sizes close together',
      points((n) => n ** 2, [100, 150, 200, 250, 300, 399]),
      ['the largest size is 3.99 times the smallest, 4 are needed'],
    ],
  ] as const)('says so of %s', (_, given, reasons) => {
    expect(fitGrowth(given)).toMatchObject({ conclusion: 'cannot-tell', reasons });
  });

  it('says that four points of a busy machine may have any exponent', () => {
    const busy = [
      { size: 100, value: 700 },
      { size: 200, value: 1100 },
      { size: 500, value: 4200 },
      { size: 1000, value: 9900 },
    ];
    const { conclusion, exponent } = fitGrowth(busy);
    expect(conclusion).toBe('cannot-tell');
    expect(exponent.high - exponent.low).toBeGreaterThan(1);
  });

  it('says that a figure does not grow', () => {
    const flat = [1, 3, 2, 4, 2, 3, 1, 2].map((off, i) => ({ size: 100 * (i + 1), value: 5000 + off }));
    expect(fitGrowth(flat).reasons[0]).toMatch(/^it does not measurably grow/);
  });
});

describe('fitGrowth, of impossible input', () => {
  it.each([
    [[], {}, 'Expected points to fit a growth to, got none'],
    [[{ size: 0, value: 1 }], {}, 'Expected sizes above 0, got 0 at point 1'],
    [
      [
        { size: 1, value: 1 },
        { size: 1, value: -3 },
      ],
      {},
      'Expected values above 0, got -3 at point 2',
    ],
    [[{ size: Number.POSITIVE_INFINITY, value: 1 }], {}, 'Expected sizes above 0, got Infinity at point 1'],
    [[{ size: 1, value: Number.NaN }], {}, 'Expected values above 0, got NaN at point 1'],
    [[{ size: 1, value: 1 }], { tolerance: 1 }, 'Expected a tolerance above 1, got 1'],
    [[{ size: 1, value: 1 }], { noise: 0 }, 'Expected noise between 0 and 1, got 0'],
  ])('%j with %j is refused', (given, options, message) => {
    expect(() => fitGrowth(given, options)).toThrow(new UsageError('IMPOSSIBLE_GROWTH', message));
  });

  it('survives a single point', () => {
    expect(fitGrowth([{ size: 3, value: 5 }]).conclusion).toBe('cannot-tell');
  });
});
