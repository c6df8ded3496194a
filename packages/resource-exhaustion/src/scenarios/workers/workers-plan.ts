import type { Environment, Limits } from '@seaworthy/scenario';
import type { ExhaustionSettings } from '../exhaustion-settings.ts';
import { planSandbox, type SandboxPlan } from '../sandbox/sandbox-plan.ts';
import type { workersLimits } from './workers-limits.ts';

/** What memory/workers is going to do. */
export interface WorkersPlan {
  readonly sandbox: SandboxPlan;
  /** Numbers of workers, one after the other. */
  readonly counts: readonly number[];
  readonly chunkBytes: number;
  /** That each worker goes for. */
  readonly perWorkerBytes: number;
  /** How long they hold at the barrier, ms. */
  readonly holdMs: number;
  readonly fillMs: number;
  readonly patienceMs: number;
  /** The most workers once more, going for more than the limit together, under a budget that they share. */
  readonly over: {
    readonly workers: number;
    readonly share: number;
    readonly guardShare: number;
    readonly counts: 'sandbox' | 'worker';
  };
  /** All together go for what one alone would: a fault. */
  readonly shareOne: boolean;
  /** The workers reserve and never write: a fault. */
  readonly reserveOnly: boolean;
  /** A worker that is not asked to end keeps so much for each of the others: a fault. */
  readonly keptPerWorkerBytes: number;
  /** Share (0-1) of the limit that something else in the sandbox holds meanwhile: a fault. */
  readonly takenShare: number;
}

const CHUNK = 5_000_000;
const COUNTS = [1, 2, 4, 8];
/** Together the workers go for so much of the limit at most: no kill may come of that. */
const CALM_SHARE = 0.75;
/** A Python process, before it takes anything. */
const OWN_BYTES = 9_000_000;
const MOST_CHUNKS = 4;

/** As many workers of the usual numbers as have room for one chunk each, and as many chunks each as then have room. */
export function planWorkers(
  environment: Environment,
  limits: Limits<typeof workersLimits>,
  settings: ExhaustionSettings,
): WorkersPlan {
  const sandbox = planSandbox(environment, settings, { pids: 64 });
  const { memoryBytes, pids } = sandbox.request;
  const room = memoryBytes * CALM_SHARE - OWN_BYTES; // The keeper.
  const counts = COUNTS.filter(
    (count) => count === 1 || (count * (CHUNK + OWN_BYTES) <= room && count + 4 <= pids),
  );
  const most = counts.at(-1) ?? 1;
  const chunks = Math.floor((room / most - OWN_BYTES) / CHUNK);
  return {
    sandbox,
    counts,
    chunkBytes: CHUNK,
    perWorkerBytes: CHUNK * Math.max(1, Math.min(MOST_CHUNKS, chunks)),
    holdMs: 200,
    fillMs: limits.maxFill,
    patienceMs: limits.maxRecovery,
    over: { workers: most, share: 1.5, guardShare: limits.guardLevel / 100, counts: 'sandbox' },
    shareOne: false,
    reserveOnly: false,
    keptPerWorkerBytes: 0,
    takenShare: 0,
  };
}
