import type { Estimate } from '../statistics/estimate.ts';
import { medianInterval } from '../statistics/median.ts';
import { studentQuantile } from '../statistics/student-quantile.ts';

/**
 * The median of some differences with a 95 % interval; always finite. With fewer than six no interval of the median has
 * such a confidence: then it is the mean's, by Student's distribution. A single difference tells nothing about its
 * uncertainty, and is given the interval from minus to plus its double.
 */
export function differenceInterval(differences: readonly number[]): Estimate {
  const interval = medianInterval(differences);
  if (Number.isFinite(interval.low) && Number.isFinite(interval.high)) return interval;
  const count = differences.length;
  const mean = differences.reduce((sum, one) => sum + one, 0) / count;
  if (count < 2) return { value: mean, low: -2 * Math.abs(mean), high: 2 * Math.abs(mean) };
  const variance = differences.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (count - 1);
  const half = studentQuantile(0.975, count - 1) * Math.sqrt(variance / count);
  return { value: mean, low: mean - half, high: mean + half };
}
