import type { Estimate } from '../../statistics/estimate.ts';

/** A ratio as a change: `-12 %`, `+0.4 %`, and what is large as `4.1x`. */
export function formatChange(ratio: number): string {
  if (!Number.isFinite(ratio) || ratio <= 0) return '';
  if (ratio >= 3) return `${Number(ratio.toPrecision(2))}x`;
  const percent = 100 * (ratio - 1);
  const digits = Math.abs(percent) >= 9.95 ? percent.toFixed(0) : percent.toFixed(1);
  const value = Number(digits);
  return `${value > 0 ? '+' : ''}${Object.is(value, -0) ? 0 : value} %`;
}

/** `-15 % to -8 %`; a word where too few pairs give none. */
export function formatInterval({ low, high }: Estimate): string {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return 'too few pairs for an interval';
  return `${formatChange(low)} to ${formatChange(high)}`;
}
