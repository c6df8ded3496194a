import type { CollectionOutcome } from '../../model/collection-outcome.ts';
import type { Position } from '../../model/recording.ts';
import type { ImportFailure } from './import-in-order.ts';

/** A test module, as pytest and as CPython alone see it. Paths are relative to the root of the tree. */
export interface ObservedModule {
  readonly path: string;
  /** `missing`: pytest never came to it; `unfinished`: it did not come back from it. */
  readonly collected: 'passed' | 'failed' | 'skipped' | 'unfinished' | 'missing';
  /** Tests that pytest found in it. */
  readonly tests: number;
  /** What pytest says it died of. */
  readonly error: ImportFailure;
  /** What it dies of in CPython, imported in the same order. */
  readonly reference: ImportFailure;
  /** What it dies of in CPython when it is imported first. */
  readonly alone: ImportFailure;
}

export interface CircularImportsObservation {
  readonly outcome: CollectionOutcome;
  /** Where pytest was when it was last heard of. */
  readonly at: Position;
  /** In the order in which pytest came to them, those that it did not come to at the end. */
  readonly modules: readonly ObservedModule[];
  /** Tests in a module that can be imported. */
  readonly testsPerModule: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
  /** The end of what it printed to standard error, for people. */
  readonly printed: string;
  /** Versions; empty where it did not come so far. */
  readonly python: string;
  readonly pytest: string;
}
