import { median } from './median.ts';
import { seededRandom } from './seeded-random.ts';

/** An estimate with its 95 % confidence interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 1000;
const CONFIDENCE = 0.95;

/**
 * How many times larger the first sample of pairs is than the second: the ratio of the two medians, with the
 * percentile bootstrap interval over pairs (Efron & Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13).
 * Pairs are drawn together, so that what slows both at once does not widen the interval.
 *
 * @param above samples of the numerator, in the order in which the pairs were taken
 * @param below samples of the denominator, as many, larger than 0
 * @param seed of the resampling: the same numbers always give the same interval
 */
export function ratioOfMedians(above: readonly number[], below: readonly number[], seed: number): Estimate {
  const count = above.length;
  if (count === 0 || count !== below.length) {
    throw new RangeError(`Expected pairs of samples, got ${count} and ${below.length}`);
  }
  const random = seededRandom(seed);
  const ratios = Array.from({ length: RESAMPLES }, () => {
    const drawn = Array.from({ length: count }, () => Math.floor(random() * count));
    return median(drawn.map((i) => above[i] ?? 0)) / median(drawn.map((i) => below[i] ?? 0));
  }).sort((a, b) => a - b);
  const tail = (1 - CONFIDENCE) / 2;
  const at = (share: number): number => ratios[Math.round(share * (RESAMPLES - 1))] ?? Number.NaN;
  return { value: median(above) / median(below), low: at(tail), high: at(1 - tail) };
}
