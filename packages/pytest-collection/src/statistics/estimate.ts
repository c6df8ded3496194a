/** An estimate with its 95 % confidence interval; an end is infinite where there are too few samples to give one. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}
