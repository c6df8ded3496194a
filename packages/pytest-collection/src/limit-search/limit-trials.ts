import type { CollectionOutcome } from '../model/collection-outcome.ts';
import type { SmallestLimit } from '../model/collection-profile.ts';

export interface LimitTrial {
  /** The limit that was in force, bytes. */
  readonly bytes: number;
  readonly passed: boolean;
  readonly outcome: CollectionOutcome['kind'];
}

/** What to do after some trials. */
export type NextTrial =
  | { readonly kind: 'try'; readonly bytes: number }
  | { readonly kind: 'found'; readonly result: SmallestLimit }
  | { readonly kind: 'given-up'; readonly reason: string };

export interface SearchRules {
  /** Where to begin: a limit that should pass, bytes. */
  readonly start: number;
  /** A limit that is known to be too small, bytes. */
  readonly floor: number;
  /** How near the result must be to one that fails, bytes. */
  readonly tolerance: (bytes: number) => number;
  /** How often the result must have passed. */
  readonly confirmations: number;
  readonly mostTrials: number;
}

/** How much more is given after a limit that should have passed did not. */
const RAISE = 1.25;

/**
 * The next step of a bisection that does not believe a single trial: near the smallest limit, chance decides (what the
 * kernel can reclaim at that moment). A limit only counts as passing where no larger one has failed, and the result
 * must pass again before it is told; where the trials are used up before that, it is told as not confirmed. Pure: the
 * trials so far are all it knows.
 */
export function nextTrial(trials: readonly LimitTrial[], rules: SearchRules): NextTrial {
  const failed = trials.filter((trial) => !trial.passed).map((trial) => trial.bytes);
  const lower = Math.max(rules.floor, ...failed);
  const above = trials.filter((trial) => trial.passed && trial.bytes > lower).map((trial) => trial.bytes);
  const isLast = trials.length >= rules.mostTrials;
  if (above.length === 0) {
    if (isLast) return { kind: 'given-up', reason: `no limit up to ${lower} bytes passed` };
    return { kind: 'try', bytes: Math.round(trials.length === 0 ? rules.start : lower * RAISE) };
  }
  const upper = Math.min(...above);
  const isNear = upper - lower <= rules.tolerance(upper);
  const times = above.filter((bytes) => bytes === upper).length;
  const confirmed = isNear && times >= rules.confirmations;
  if (confirmed || isLast) {
    return {
      kind: 'found',
      result: {
        passes: upper,
        ...(failed.length === 0 ? {} : { fails: lower }),
        confirmed,
        tried: trials.map(({ bytes, passed, outcome }) => ({ bytes, passed, outcome })),
      },
    };
  }
  return { kind: 'try', bytes: isNear ? upper : Math.round((lower + upper) / 2) };
}
