import type { Unit } from './units.ts';

/** One number that a scenario is judged by, which the user's configuration may change. */
export interface LimitSpec {
  readonly unit: Unit;
  readonly default: number;
  /** Smallest and largest value that makes sense, both included. Without `min`, 0. */
  readonly min?: number;
  readonly max?: number;
  /** What it limits, as a phrase that fits after its name: "longest cycle, in modules". */
  readonly description: string;
}

export type LimitSpecs = Readonly<Record<string, LimitSpec>>;

/** The values in force, by the names of their specifications. */
export type Limits<Specs extends LimitSpecs> = { readonly [Name in keyof Specs]: number };

/** Where a value in force comes from: `default`, or what the reader has to open to change it. */
export type LimitSources = Readonly<Record<string, string>>;

/** Values of a user's configuration for one scenario, with the place they stand in (`file:line` or `--limit`). */
export interface LimitOverrides {
  readonly values: Readonly<Record<string, unknown>>;
  readonly source: string;
}
