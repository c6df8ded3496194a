import type { CollectOptions } from '../model/collect-options.ts';
import type { CollectionTarget } from '../model/collection-target.ts';
import type { Estimate } from '../statistics/estimate.ts';
import type { Contention } from './contention.ts';
import type { TestDifference } from './test-difference.ts';

/** One of two ways to collect. */
export interface ComparedSide {
  /** For people, such as `main` or `without pytest-randomly`. The two differ. */
  readonly name: string;
  readonly target: CollectionTarget;
  /** How it is collected. Where its bytecode lies is the comparison's own matter. */
  readonly options?: Omit<CollectOptions, 'bytecode' | 'workspace' | 'signal' | 'onProgress' | 'interrupt'>;
}

/** What comparing two ways to collect came to. Plain data. */
export type CollectionComparison = ComparedCollections | IncomparableCollections;

/** Both sides collected the same tests, in every run. */
export interface ComparedCollections {
  readonly kind: 'compared';
  /** Names of the two sides; ratios are of `b` against `a`. */
  readonly a: string;
  readonly b: string;
  /** Of both. */
  readonly tests: { readonly found: number; readonly deselected: number; readonly hash: string };
  /** Errors that both have alike. */
  readonly errors: number;
  /** Without bytecode of the project. */
  readonly cold?: StateComparison;
  /** With all of it. */
  readonly warm?: StateComparison;
  readonly contention: Contention;
  /** What else one has to know, such as another order of the tests. */
  readonly notes: readonly string[];
  readonly seed: number;
}

/** Not the same work was done, so that no ratio says anything. */
export interface IncomparableCollections {
  readonly kind: 'not-comparable';
  readonly a: string;
  readonly b: string;
  /** At least one. */
  readonly differences: readonly TestDifference[];
}

/** Interleaved runs in one state of the bytecode: pair `i` is `a[i]` and `b[i]`. */
export interface StateComparison {
  readonly a: readonly RunSample[];
  readonly b: readonly RunSample[];
  /** Judged: `less` is faster. */
  readonly cpu: ComparedFigure;
  /** Judged: `less` is lighter. */
  readonly peak: ComparedFigure;
  /** Told only: it is what the user waits for, and what every other process disturbs. */
  readonly wall: ComparedFigure;
  /** By CPU time. */
  readonly conclusion: SpeedConclusion;
  /** By peak memory. */
  readonly memoryConclusion: 'lighter' | 'heavier' | 'same' | 'cannot-tell';
  /** Why no further pair was run. */
  readonly endedBy: 'precision' | 'pairs' | 'budget';
}

/** What side `b` is against side `a`. */
export type SpeedConclusion = 'faster' | 'slower' | 'same' | 'cannot-tell';

export interface RunSample {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly peakBytes: number;
}

export interface ComparedFigure {
  /** Medians of the two sides. */
  readonly a: number;
  readonly b: number;
  /** Of `b` against `a`: Hodges-Lehmann estimate over pairs, with its 95 % interval. */
  readonly ratio: Estimate;
  /** Smallest change that matters, as a ratio above 1: below it two sides are `same`. */
  readonly threshold: number;
  /** `less` and `more` only where the 99 % interval excludes 1. */
  readonly conclusion: 'less' | 'more' | 'same' | 'cannot-tell';
}
