import type { Estimate } from './estimate.ts';
import { medianOfSorted } from './median.ts';
import { normalQuantile } from './normal-quantile.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The slope through some points as the median of the slopes between every two of them, with the interval that belongs
 * to Kendall's test (P. K. Sen, Estimates of the Regression Coefficient Based on Kendall's Tau, 1968; H. Theil, 1950):
 * two points in seven may be arbitrarily wrong. Points at the same `x` are compared with all others but not with each
 * other. With too few points its ends are infinite.
 */
export function theilSen(points: readonly Point[]): Estimate {
  const slopes = slopesBetween(points);
  const half = normalQuantile(0.975) * Math.sqrt(kendallVariance(points));
  const outside = Math.floor((slopes.length - half) / 2);
  return {
    value: medianOfSorted(slopes),
    low: outside < 1 ? Number.NEGATIVE_INFINITY : (slopes[outside - 1] ?? Number.NaN),
    high: outside < 1 ? Number.POSITIVE_INFINITY : (slopes[slopes.length - outside] ?? Number.NaN),
  };
}

function slopesBetween(points: readonly Point[]): Float64Array {
  const slopes: number[] = [];
  points.forEach((left, i) => {
    for (const right of points.slice(i + 1)) {
      if (left.x !== right.x) slopes.push((right.y - left.y) / (right.x - left.x));
    }
  });
  return Float64Array.from(slopes).sort();
}

/** Variance of Kendall's S without any slope, with ties of `x` (M. G. Kendall, Rank Correlation Methods, 1970, chapter 4). */
function kendallVariance(points: readonly Point[]): number {
  const tied = new Map<number, number>();
  for (const { x } of points) tied.set(x, (tied.get(x) ?? 0) + 1);
  const part = (n: number): number => n * (n - 1) * (2 * n + 5);
  const ties = [...tied.values()].reduce((sum, count) => sum + part(count), 0);
  return (part(points.length) - ties) / 18;
}
