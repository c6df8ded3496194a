import { rm } from 'node:fs/promises';
import { openScope, openWorkspace, UsageError } from '@seaworthy/scenario';
import type { Workspace } from '@seaworthy/scenario';
import { collectOnce } from '../collect-once.ts';
import type { SmallestLimit } from '../model/collection-profile.ts';
import type { CollectionRun } from '../model/collection-run.ts';
import type { CollectionRunner } from '../model/collection-runner.ts';
import type { CollectionTarget } from '../model/collection-target.ts';
import { LEAST_LIMIT } from '../run/check-limit.ts';
import { limitedRunner } from '../run/limited-runner.ts';
import { nextTrial } from './limit-trials.ts';
import type { LimitTrial } from './limit-trials.ts';

export interface LimitSearchOptions {
  /** A run without a limit, where there is one already: its peak is where the search begins. Default: one is made. */
  readonly unlimited?: CollectionRun;
  /** How near the result must be to a limit that fails, as a share of it; never below 1 MiB. Default: 0.02. */
  readonly tolerance?: number;
  /** Whether each trial begins without bytecode of the project, as in a fresh container. Default: `cold`. */
  readonly bytecode?: 'cold' | 'warm';
  /** How often the result must have passed before it is believed; else it is `confirmed: false`. Default: 2. */
  readonly confirmations?: number;
  /** Default: 20. */
  readonly mostTrials?: number;
  /** How long one trial may take, ms. Default: 5 times the run without a limit, at least a minute. */
  readonly timeoutMs?: number;
  /** Where processes and folders are made. Default: one of its own, gone when the call returns. */
  readonly workspace?: Workspace;
  /** Ends it; the call then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Told after each trial. */
  readonly onProgress?: (trials: readonly LimitTrial[]) => void;
  /** What collects. Default: {@link collectOnce}. */
  readonly collect?: typeof collectOnce;
  /** What sets a limit. Default: the best that can be had on this machine. */
  readonly runnerWith?: (limitBytes: number, workspace: Workspace) => Promise<CollectionRunner>;
}

const MIB = 1024 * 1024;
/** The peak of another run may be higher by a little. */
const ABOVE_PEAK = 1.1;

/**
 * The smallest memory limit under which a collection still comes to the same end with the same tests, by bisection
 * between what Python itself needs and its peak. It lies below the peak where the kernel can take back page cache, and
 * above it where a limit counts address space.
 *
 * @throws UsageError where no memory limit can be set on this machine, or the collection fails without any limit, or no
 * limit passed; what {@link collectOnce} throws
 */
export async function findSmallestLimit(
  target: CollectionTarget,
  options: LimitSearchOptions = {},
): Promise<SmallestLimit> {
  const { tolerance = 0.02, confirmations = 2, mostTrials = 20 } = options;
  if (!(tolerance > 0 && tolerance < 1))
    throw new UsageError('IMPOSSIBLE_TOLERANCE', `Expected a tolerance between 0 and 1, got ${tolerance}`);
  await using own = options.workspace === undefined ? await openWorkspace() : undefined;
  await using workspace = await openScope((options.workspace ?? own) as Workspace, 'limit-search');
  const trial = trialsOf(target, options, workspace);
  const unlimited = options.unlimited ?? (await trial.collect());
  demandWorking(unlimited);
  const rules = {
    start: Math.round(Math.max(unlimited.peak.bytes * ABOVE_PEAK, LEAST_LIMIT)),
    // No interpreter starts below it, so there is nothing to try.
    floor: LEAST_LIMIT - 1,
    tolerance: (bytes: number) => Math.max(bytes * tolerance, MIB),
    confirmations,
    mostTrials,
  };
  const trials: LimitTrial[] = [];
  for (;;) {
    const next = nextTrial(trials, rules);
    if (next.kind === 'found') return next.result;
    if (next.kind === 'given-up') {
      throw new UsageError(
        'NO_LIMIT_PASSES',
        `Collection passes without a memory limit, but with one ${next.reason}: something in it depends on the limit itself`,
      );
    }
    const runner = await trial.runner(next.bytes);
    const run = await trial.collect(runner, unlimited);
    const passed = isSameWork(run, unlimited);
    trials.push({ bytes: runner.limit?.bytes ?? next.bytes, passed, outcome: run.outcome.kind });
    options.onProgress?.(trials);
  }
}

/** How one collection of the search is started. */
function trialsOf(target: CollectionTarget, options: LimitSearchOptions, workspace: Workspace) {
  const collectWith = options.collect ?? collectOnce;
  const runnerWith = options.runnerWith ?? limitedRunner;
  let warm: string | undefined;
  return {
    async runner(bytes: number): Promise<CollectionRunner> {
      try {
        return await runnerWith(bytes, workspace);
      } catch (error) {
        if (error instanceof UsageError) throw error;
        throw new UsageError(
          'NO_MEMORY_LIMIT',
          `No memory limit can be set on this machine (${(error as Error).message}), so the smallest one cannot be looked for: run in a container or with a delegated cgroup`,
          { cause: error },
        );
      }
    },
    async collect(runner?: CollectionRunner, unlimited?: CollectionRun): Promise<CollectionRun> {
      options.signal?.throwIfAborted();
      const isWarm = options.bytecode === 'warm';
      const folder = (isWarm ? warm : undefined) ?? (await workspace.makeFolder('bytecode'));
      if (isWarm) warm = folder;
      const timeoutMs =
        options.timeoutMs ?? (unlimited === undefined ? undefined : Math.max(5 * unlimited.wallMs, 60_000));
      const run = await collectWith(target, {
        workspace,
        bytecode: { kind: 'private', folder },
        ...(runner === undefined ? {} : { runner }),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      });
      if (!isWarm) await rm(folder, { recursive: true, force: true });
      return run;
    },
  };
}

function demandWorking(run: CollectionRun): void {
  if (run.outcome.kind === 'finished' || run.outcome.kind === 'errors') return;
  throw new UsageError(
    'COLLECTION_FAILS_UNLIMITED',
    `Collection does not come to its end even without a memory limit (${run.outcome.kind}), so there is no limit under which it passes: make it work first`,
  );
}

function isSameWork(run: CollectionRun, unlimited: CollectionRun): boolean {
  return (
    run.outcome.kind === unlimited.outcome.kind &&
    run.recording.errors.length === unlimited.recording.errors.length &&
    run.recording.items?.sortedHash === unlimited.recording.items?.sortedHash
  );
}
