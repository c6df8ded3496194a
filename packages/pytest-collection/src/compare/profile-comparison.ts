import type { TestDifference } from './test-difference.ts';

/** What two saved profiles of single runs say about each other. Plain data. */
export type ProfileComparison = ComparedProfiles | IncomparableProfiles;

export interface ComparedProfiles {
  readonly kind: 'compared';
  readonly before: ProfileReference;
  readonly after: ProfileReference;
  /** The state of the bytecode that both have a run in: the warm one where possible. */
  readonly state: 'cold' | 'warm';
  readonly cpuMs: FigureChange;
  readonly wallMs: FigureChange;
  readonly peakBytes: FigureChange;
  /** By how much everything changed alike, as a ratio: another machine, or a busier one. 1 where it cannot be told. */
  readonly commonFactor: number;
  /** What changed most, most first; also what cannot be told from chance. */
  readonly files: readonly CostChange[];
  readonly conftests: readonly CostChange[];
  readonly imports: readonly CostChange[];
  readonly plugins: readonly CostChange[];
  /** How sure one can be of single runs, and what differs between the two besides: versions, commands. */
  readonly notes: readonly string[];
}

export interface IncomparableProfiles {
  readonly kind: 'not-comparable';
  readonly before: ProfileReference;
  readonly after: ProfileReference;
  readonly differences: readonly TestDifference[];
}

export interface ProfileReference {
  /** ISO 8601. */
  readonly takenAt: string;
  readonly tests: number;
}

export interface FigureChange {
  readonly before: number;
  readonly after: number;
  /** `after` against `before`. */
  readonly ratio: number;
  /** Ratios between 1 / this and this are what chance alone does to two single runs. */
  readonly chance: number;
  readonly conclusion: 'less' | 'more' | 'cannot-tell';
}

/** A file, conftest, import or plugin whose cost is not what it was. */
export interface CostChange {
  /** Path, module or plugin. */
  readonly name: string;
  readonly state: 'changed' | 'new' | 'gone';
  /** CPU time where it is known, else wall time; without what the profiles have in common as {@link ComparedProfiles.commonFactor}. */
  readonly time: FigureChange;
  readonly clock: 'cpu' | 'wall';
  readonly memoryBytes: { readonly before: number; readonly after: number };
  /** `likely`: more than chance does among so many. */
  readonly certainty: 'likely' | 'cannot-tell';
}
