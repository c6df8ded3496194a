import type { CollectionProfile, ProfileCause } from '../../model/collection-profile.ts';
import type { CollectionRun } from '../../model/collection-run.ts';
import type { MachineFacts } from '../machine-facts.ts';
import type { ProjectFacts } from '../project-facts.ts';
import type { ReadSource } from '../source/read-source.ts';

/** Everything that causes are concluded from. */
export interface CauseInput {
  readonly profile: Omit<CollectionProfile, 'causes'>;
  readonly runs: ProfileRuns;
  /** Missing where nothing is known of the place where pytest ran. */
  readonly machine?: MachineFacts;
  readonly project?: ProjectFacts;
  /** To find the line of what a cause is about. */
  readonly readSource: ReadSource;
}

/** The runs that a profile was made of. */
export interface ProfileRuns {
  /** Without bytecode of the project. */
  readonly cold?: CollectionRun;
  /** With it. */
  readonly warm?: CollectionRun;
  /** Warm, with the price of hooks. */
  readonly hooks?: CollectionRun;
}

export type FindCause = (input: CauseInput) => readonly ProfileCause[];

/** The run that details are taken from. */
export function detailRun({ warm, cold, hooks }: ProfileRuns): CollectionRun | undefined {
  return warm ?? cold ?? hooks;
}

/** Every run, in the order in which they were made. */
export function allRuns({ cold, warm, hooks }: ProfileRuns): CollectionRun[] {
  return [cold, warm, hooks].filter((run) => run !== undefined);
}
