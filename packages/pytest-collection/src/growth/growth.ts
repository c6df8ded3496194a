import type { Estimate } from '../statistics/estimate.ts';

/** How a figure grows with a size. Plain data. */
export interface Growth {
  /**
   * `p` in `value = base + c * size^p`: how the part grows that depends on the size at all. 1 is linear. The constant
   * part (an interpreter with pytest, say) is fitted along, so that it can hide nothing.
   */
  readonly exponent: Estimate;
  /**
   * Slope of the logarithms (Theil-Sen): how the whole value grows, constant part included, over these sizes. Ten times
   * the size makes 10^this times the value.
   */
  readonly overall: Estimate;
  /** Value for one more of the size, by a straight line (Theil-Sen). */
  readonly slope: Estimate;
  /** The constant part of the best fit. */
  readonly base: number;
  /** Share of the value at the largest size that depends on the size, by the best fit: 0 to 1. */
  readonly variableShare: number;
  /** Of `exponent`. */
  readonly conclusion: 'sub-linear' | 'linear' | 'super-linear' | 'cannot-tell';
  /** Why it cannot be told; empty otherwise. */
  readonly reasons: readonly string[];
  readonly points: readonly GrowthPoint[];
}

export interface GrowthPoint {
  /** Above 0. */
  readonly size: number;
  /** Above 0. */
  readonly value: number;
}

export interface GrowthOptions {
  /**
   * Exponents from 1 / this to this are linear enough, and the interval must lie between them for `linear`. Default:
   * 1.25.
   */
  readonly tolerance?: number;
  /** Share of a value by which repeats differ at least, however alike they look here. Default: 0.002. */
  readonly noise?: number;
}
