import { describe, expect, it } from 'vitest';
import { concludeRatio } from '../../src/compare/conclude.ts';

const estimate = (value: number, low: number, high: number) => ({ value, low, high });

describe('concludeRatio, with a threshold of 1.05', () => {
  it.each([
    ['same', estimate(1, 0.96, 1.04), estimate(1, 0.95, 1.06)],
    ['same', estimate(1.02, 1.01, 1.04), estimate(1.02, 1.005, 1.05)],
    ['cannot-tell', estimate(1.02, 1.01, 1.05), estimate(1.02, 1.005, 1.06)],
    ['more', estimate(1.05, 1.01, 1.1), estimate(1.05, 1.001, 1.2)],
    ['cannot-tell', estimate(1.05, 1.01, 1.1), estimate(1.05, 1, 1.2)],
    ['cannot-tell', estimate(1.049, 1.01, 1.1), estimate(1.049, 1.001, 1.2)],
    ['less', estimate(0.9, 0.85, 0.95), estimate(0.9, 0.8, 0.999)],
    ['cannot-tell', estimate(0.9, 0.85, 0.95), estimate(0.9, 0.8, 1)],
    ['cannot-tell', estimate(2, 0, Number.POSITIVE_INFINITY), estimate(2, 0, Number.POSITIVE_INFINITY)],
  ] as const)('is %s of %j, surely %j', (conclusion, ratio, sure) => {
    expect(concludeRatio(ratio, sure, 1.05)).toBe(conclusion);
  });
});
