import type { Estimate } from './ratio-of-medians.ts';

/** The 97.5 % point of the standard normal distribution. */
const Z = 1.959964;

/**
 * The share of trials in which something happened, in percent, with its 95 % interval (E. B. Wilson, Probable
 * Inference, the Law of Succession, and Statistical Inference, 1927): right also where it never or always happened.
 */
export function shareOf(happened: number, trials: number): Estimate {
  if (trials === 0) return { value: Number.NaN, low: 0, high: 100 };
  const share = happened / trials;
  const spread = (Z * Z) / trials;
  const middle = (share + spread / 2) / (1 + spread);
  const half = (Z * Math.sqrt((share * (1 - share)) / trials + spread / (4 * trials))) / (1 + spread);
  return {
    value: 100 * share,
    low: 100 * Math.max(0, middle - half),
    high: 100 * Math.min(1, middle + half),
  };
}
