import type { Estimate } from './estimate.ts';

/** The middle of some numbers in any order; NaN of none. */
export function median(numbers: readonly number[]): number {
  return medianOfSorted(Float64Array.from(numbers).sort());
}

/** As {@link median}, of numbers that are in ascending order. */
export function medianOfSorted(sorted: ArrayLike<number>): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) return Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Two-sided. */
const ALPHA = 0.05;

/**
 * The median with its interval between two of the samples themselves, which holds for any distribution (W. R.
 * Thompson, On Confidence Ranges for the Median, 1936; David & Nagaraja, Order Statistics, 2003, section 7.1). Below 6
 * samples there is no such interval: its ends are infinite.
 */
export function medianInterval(samples: readonly number[]): Estimate {
  const sorted = Float64Array.from(samples).sort();
  const count = sorted.length;
  const outside = samplesOutside(count);
  return {
    value: medianOfSorted(sorted),
    low: outside === 0 ? Number.NEGATIVE_INFINITY : (sorted[outside - 1] ?? Number.NaN),
    high: outside === 0 ? Number.POSITIVE_INFINITY : (sorted[count - outside] ?? Number.NaN),
  };
}

/** The largest k with P(fewer than k of `count` fair coins show heads) <= ALPHA / 2. */
function samplesOutside(count: number): number {
  let heads = 0;
  let logTerm = -count * Math.LN2; // log of P(exactly `heads`): 2^-count itself would be 0 from 1075 samples on
  let below = Math.exp(logTerm);
  while (below <= ALPHA / 2 && heads < count) {
    logTerm += Math.log((count - heads) / (heads + 1));
    heads += 1;
    below += Math.exp(logTerm);
  }
  return heads;
}
