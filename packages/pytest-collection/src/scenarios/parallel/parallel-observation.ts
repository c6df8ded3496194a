import type { ObservedCollection } from '../collect/observed-collection.ts';

export interface ParallelObservation {
  /** Cores that may be used. */
  readonly cores: number;
  readonly share: number;
  /** One at a time: before and after the others; without the second where the first did not come to its end. */
  readonly alone: readonly ObservedCollection[];
  /** All at once, with one folder for their bytecode. */
  readonly together: readonly ObservedCollection[];
  /** From the start of the first of them to the end of the last, ms. */
  readonly togetherMs: number;
  /** Of that, for how long all of them were under way, ms. */
  readonly allAtOnceMs: number;
}
