import type { Unit } from './units.ts';

/** Plain data that survives `JSON.parse(JSON.stringify(x))` unchanged. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A number, or a curve, that goes into the run record whether the scenario passed or failed. */
export interface Metric {
  /** Stable name inside its scenario, such as `import.circular.median`. */
  readonly name: string;
  readonly unit: Unit;
  readonly value: number;
  /** Every raw sample behind `value`, in the order in which it was taken. */
  readonly samples?: readonly number[];
  /** A curve: what changed along `x` (ms since the start unless the name says otherwise). */
  readonly series?: readonly { readonly x: number; readonly y: number }[];
}
