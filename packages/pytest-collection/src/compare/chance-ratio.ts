import { normalQuantile } from '../statistics/normal-quantile.ts';

/**
 * How much one run differs from the next of the same thing on a busy machine, as standard deviation over mean: measured
 * on 111 collections of unchanged suites.
 */
export const RUN_TO_RUN = { cpu: 0.14, wall: 0.47, peak: 0.003 } as const;

/**
 * The ratio of two single runs that chance exceeds in at most one of twenty comparisons, of `comparisons` at once
 * (Bonferroni), figures being log-normal with a spread as in {@link RUN_TO_RUN}: of a thousand files some are always
 * far off.
 */
export function chanceRatio(spread: number, comparisons = 1): number {
  const deviation = Math.sqrt(2 * Math.log(1 + spread ** 2));
  return Math.exp(normalQuantile(1 - 0.05 / (2 * Math.max(comparisons, 1))) * deviation);
}
