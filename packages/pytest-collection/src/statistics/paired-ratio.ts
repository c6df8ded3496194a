import type { Estimate } from './estimate.ts';
import { medianOfSorted } from './median.ts';
import { rankSumOutside } from './rank-sum-outside.ts';

/**
 * How many times larger the second figure of each pair is than the first: the Hodges-Lehmann estimate of the shift of
 * the logarithms, and the interval that belongs to Wilcoxon's signed-rank test (Hodges & Lehmann, Estimates of Location
 * Based on Rank Tests, 1963; Hollander, Wolfe & Chicken, Nonparametric Statistical Methods, 2014, sections 3.2 and 3.3).
 * It demands no distribution but symmetry, one wild pair in ten does not move it, and what slows both sides of a pair
 * at once cancels. Below 6 pairs (8 at 99 %) there is no interval: its ends are 0 and infinite.
 *
 * @param before figures above 0, in the order in which the pairs were measured
 * @param after as many, above 0
 * @param confidence of the interval. Default: 0.95
 */
export function pairedRatio(
  before: readonly number[],
  after: readonly number[],
  confidence = 0.95,
): Estimate {
  const count = before.length;
  if (count === 0 || count !== after.length) {
    throw new RangeError(`Expected pairs of samples, got ${count} and ${after.length}`);
  }
  for (const figure of [...before, ...after]) {
    if (!(figure > 0 && Number.isFinite(figure)))
      throw new RangeError(`Expected figures above 0, got ${figure}`);
  }
  const shifts = before.map((figure, i) => Math.log((after[i] ?? Number.NaN) / figure));
  const averages = walshAverages(shifts);
  const outside = rankSumOutside(count, confidence);
  const at = (index: number): number => Math.exp(averages[index] ?? Number.NaN);
  return {
    value: Math.exp(medianOfSorted(averages)),
    low: outside === 0 ? 0 : at(outside - 1),
    high: outside === 0 ? Number.POSITIVE_INFINITY : at(averages.length - outside),
  };
}

/** The averages of every two shifts, each with itself too, in ascending order. */
function walshAverages(shifts: readonly number[]): Float64Array {
  const averages = new Float64Array((shifts.length * (shifts.length + 1)) / 2);
  let next = 0;
  shifts.forEach((shift, i) => {
    for (let j = i; j < shifts.length; j++) averages[next++] = (shift + (shifts[j] ?? shift)) / 2;
  });
  return averages.sort();
}
