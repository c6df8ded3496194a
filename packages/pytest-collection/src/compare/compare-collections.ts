import { openWorkspace, systemClock, UsageError } from '@seaworthy/scenario';
import type { Clock, Workspace } from '@seaworthy/scenario';
import { collectOnce } from '../collect-once.ts';
import type { CollectionRun } from '../model/collection-run.ts';
import type { CollectionComparison, ComparedSide } from './collection-comparison.ts';
import { comparePairs } from './compare-pairs.ts';

export interface ComparisonOptions {
  /** States of the project's bytecode in which the sides are compared. Default: both. */
  readonly states?: readonly ('cold' | 'warm')[];
  /** Pairs of runs in each state: `least` (at least 8) are always run where the budget allows it. Default: 8 to 20. */
  readonly pairs?: { readonly least: number; readonly most: number };
  /** A state is settled when the upper end of each interval is at most so many times the lower one. Default: 1.1. */
  readonly precision?: number;
  /** No pair is begun that would end later, ms. Default: 2 minutes. */
  readonly budgetMs?: number;
  /** Of the order of the runs. Default: 1. */
  readonly seed?: number;
  /** Where processes and folders are made. Default: one of its own, gone when the call returns. */
  readonly workspace?: Workspace;
  /** Ends it; the call then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Told before each run. */
  readonly onProgress?: (progress: ComparisonProgress) => void;
  /** What collects. Default: {@link collectOnce}. */
  readonly collect?: typeof collectOnce;
  readonly clock?: Clock;
}

export interface ComparisonProgress {
  /** Name of the side. */
  readonly side: string;
  readonly state: 'warm-up' | 'cold' | 'warm';
  /** Pairs that are complete in this state. */
  readonly pairs: number;
  readonly elapsedMs: number;
}

/**
 * Collects two ways in turn and tells which is faster and lighter, each with its interval: interleaved (A B B A), after
 * a run of each to warm up, without and with bytecode of the project apart, until the intervals are narrow or the budget
 * is used up. Runs that did not collect the same tests are not compared at all.
 *
 * @throws UsageError where two sides have the same name or an option is impossible; what {@link collectOnce} throws
 */
export async function compareCollections(
  a: ComparedSide,
  b: ComparedSide,
  options: ComparisonOptions = {},
): Promise<CollectionComparison> {
  const plan = {
    states: options.states ?? (['cold', 'warm'] as const),
    pairs: options.pairs ?? { least: 8, most: 20 },
    precision: options.precision ?? 1.1,
    budgetMs: options.budgetMs ?? 120_000,
    seed: options.seed ?? 1,
  };
  demandPossible(a, b, plan);
  const collect: (...args: Parameters<typeof collectOnce>) => Promise<CollectionRun> =
    options.collect ?? collectOnce;
  await using own = options.workspace === undefined ? await openWorkspace() : undefined;
  const workspace = options.workspace ?? own;
  if (workspace === undefined) throw new Error('Expected a workspace');
  return comparePairs({ a, b }, plan, {
    collect,
    workspace,
    clock: options.clock ?? systemClock,
    signal: options.signal,
    onProgress: options.onProgress,
  });
}

/** Of fewer pairs there is no 99 % interval. */
const FEWEST_PAIRS = 8;

function demandPossible(
  a: ComparedSide,
  b: ComparedSide,
  plan: Required<Pick<ComparisonOptions, 'pairs' | 'precision' | 'budgetMs' | 'states'>>,
): void {
  const refuse = (message: string): never => {
    throw new UsageError('IMPOSSIBLE_COMPARISON', message);
  };
  if (a.name === b.name) refuse(`Both sides of the comparison are called ${a.name}: name them differently`);
  const { least, most } = plan.pairs;
  if (!(least >= FEWEST_PAIRS && most >= least && Number.isInteger(least) && Number.isInteger(most)))
    refuse(
      `Expected pairs of at least ${FEWEST_PAIRS} and at most more, got ${least} to ${most}: fewer never tell a difference`,
    );
  if (!(plan.precision > 1)) refuse(`Expected a precision above 1, got ${plan.precision}`);
  if (!(plan.budgetMs > 0)) refuse(`Expected a budget above 0 ms, got ${plan.budgetMs}`);
  if (plan.states.length === 0) refuse('Expected at least one of the states cold and warm, got none');
}
