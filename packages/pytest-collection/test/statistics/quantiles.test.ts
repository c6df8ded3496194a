import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../src/statistics/normal-quantile.ts';
import { rankSumOutside } from '../../src/statistics/rank-sum-outside.ts';
import { studentQuantile } from '../../src/statistics/student-quantile.ts';

describe('normalQuantile', () => {
  it.each([
    [0.975, 1.959964],
    [0.995, 2.575829],
    [0.6, 0.253347],
    [0.5, 0],
    [0.000001, -4.753424],
  ])('of %d is what SciPy says', (share, expected) => {
    expect(normalQuantile(share)).toBeCloseTo(expected, 5);
  });

  it.each([0, 1, -0.1, Number.NaN])('refuses %d', (share) => {
    expect(() => normalQuantile(share)).toThrow('Expected a share between 0 and 1');
  });
});

describe('studentQuantile', () => {
  it.each([
    [0.975, 1, 12.7062],
    [0.975, 2, 4.3027],
    [0.975, 3, 3.1824],
    [0.975, 4, 2.7764],
    [0.975, 5, 2.5706],
    [0.975, 9, 2.2622],
    [0.975, 30, 2.0423],
    [0.995, 7, 3.4995],
  ])('of %d with %i degrees of freedom is what SciPy says', (share, freedom, expected) => {
    expect(studentQuantile(share, freedom)).toBeCloseTo(expected, 3);
  });
});

describe('rankSumOutside', () => {
  // One more than the critical values of tables of the signed-rank test, two-sided, 5 %.
  it.each([
    [1, 0],
    [5, 0],
    [6, 1],
    [8, 4],
    [10, 9],
    [15, 26],
    [20, 53],
    [30, 138],
  ])('leaves of %i samples %i averages outside on each side', (count, outside) => {
    expect(rankSumOutside(count)).toBe(outside);
  });

  it.each([
    [7, 0],
    [8, 1],
    [10, 4],
    [20, 38],
  ])('leaves of %i samples %i outside at 99 %', (count, outside) => {
    expect(rankSumOutside(count, 0.99)).toBe(outside);
  });
});
