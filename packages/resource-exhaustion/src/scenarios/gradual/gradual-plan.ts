import type { Environment, Limits } from '@seaworthy/scenario';
import type { ExhaustionSettings } from '../exhaustion-settings.ts';
import { planSandbox, type SandboxPlan } from '../sandbox/sandbox-plan.ts';
import type { gradualLimits } from './gradual-limits.ts';

/** What memory/gradual is going to do. */
export interface GradualPlan {
  readonly sandbox: SandboxPlan;
  /** Share (0-1) of what the guard takes for the limit at which it refuses. */
  readonly guardShare: number;
  /** What the guard takes for the limit, bytes; `null`: the limit in force. */
  readonly guardReads: number | null;
  readonly chunkBytes: number;
  /** That the process goes for, if nothing stops it. */
  readonly mostBytes: number;
  readonly fillMs: number;
  readonly patienceMs: number;
  readonly toleranceBytes: number;
  /** The control has a guard as well: a fault. */
  readonly guardedControl: boolean;
  /** Share (0-1) of the limit that another process keeps after the release: a fault. */
  readonly kept: number;
  /** Share (0-1) of the limit at which the process is suspended: a fault. */
  readonly suspendAt: number | null;
  readonly reserveOnly: boolean;
  /** The neighbour outside of the sandbox is killed meanwhile: a fault. */
  readonly endNeighbour: boolean;
}

/** As the seed of this scenario had it: 10 MB at a time, up to 1 GB. */
const CHUNK = 10_000_000;
const MOST = 1_000_000_000;

export function planGradual(
  environment: Environment,
  limits: Limits<typeof gradualLimits>,
  settings: ExhaustionSettings,
): GradualPlan {
  return {
    sandbox: planSandbox(environment, settings),
    guardShare: limits.guardLevel / 100,
    guardReads: null,
    chunkBytes: CHUNK,
    mostBytes: MOST,
    fillMs: limits.maxFill,
    patienceMs: limits.maxRecovery,
    toleranceBytes: limits.maxRetained,
    guardedControl: false,
    kept: 0,
    suspendAt: null,
    reserveOnly: false,
    endNeighbour: false,
  };
}
