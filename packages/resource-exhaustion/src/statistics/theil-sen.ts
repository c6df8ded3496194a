/** An estimate with its 95 % interval; an end is infinite where there are too few samples to give one. */
export interface SlopeEstimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Of the standard normal distribution, below which 97.5 % lie. */
const NORMAL_975 = 1.959963984540054;

/**
 * The slope of evenly spaced values as the median of the slopes between every two of them, with the interval that belongs to
 * Kendall's test (P. K. Sen, Estimates of the Regression Coefficient Based on Kendall's Tau, 1968; H. Theil, 1950): two values
 * in seven may be arbitrarily wrong.
 *
 * @param values one for each iteration, in order
 * @returns per iteration; NaN of fewer than two values
 */
export function theilSen(values: readonly number[]): SlopeEstimate {
  const slopes: number[] = [];
  values.forEach((left, at) => {
    for (let next = at + 1; next < values.length; next += 1)
      slopes.push((values[next]! - left) / (next - at));
  });
  const sorted = Float64Array.from(slopes).sort();
  const count = values.length;
  const deviation = Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18);
  const outside = Math.floor((sorted.length - NORMAL_975 * deviation) / 2);
  return {
    value: medianOf(sorted),
    low: outside < 1 ? -Infinity : sorted[outside - 1]!,
    high: outside < 1 ? Infinity : sorted[sorted.length - outside]!,
  };
}

function medianOf(sorted: Float64Array): number {
  const upper = sorted[sorted.length >> 1];
  if (upper === undefined) return Number.NaN;
  return sorted.length % 2 === 1 ? upper : (sorted[(sorted.length >> 1) - 1]! + upper) / 2;
}
