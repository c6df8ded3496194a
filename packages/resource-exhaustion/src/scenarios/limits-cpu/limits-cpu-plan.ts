import type { Environment, Limits } from '@seaworthy/scenario';
import type { ExhaustionSettings } from '../exhaustion-settings.ts';
import { planSandbox } from '../sandbox/sandbox-plan.ts';
import type { SandboxPlan } from '../sandbox/sandbox-plan.ts';
import type { limitsCpuLimits } from './limits-cpu-limits.ts';

/** What limits/cpu is going to do. */
export interface LimitsCpuPlan {
  readonly sandbox: SandboxPlan;
  /** Shares (0-1) that the victim is given, in the order in which they are tried. */
  readonly levels: readonly CpuLevelPlan[];
  readonly windowMs: number;
  /** A mean further (0-1) from its level is measured once more, over twice the time; `null`: never. */
  readonly doubtAt: number | null;
  readonly fault: 'open-loop' | 'go-on' | null;
}

export interface CpuLevelPlan {
  /** What the mean is compared with, 0-1 of the quota. */
  readonly share: number;
  /** What the victim is told; a fault tells it something else. */
  readonly asked: number;
  /** How long is looked at what goes on after the stop, ms. */
  readonly afterMs: number;
}

/**
 * A quota that leaves the machine alone, and that a busy one can still give: with three other programs on each core a process
 * gets a quarter of it. More of a larger quota that is declared would show nothing more, and is got less often.
 */
const CORES = 0.25;

/** The look after the last level tells whether it stops; after the others one look in passing is enough. */
const PASSING_MS = 200;
const LAST_MS = 1000;

export function planLimitsCpu(
  environment: Environment,
  limits: Limits<typeof limitsCpuLimits>,
  settings: ExhaustionSettings,
): LimitsCpuPlan {
  const most = settings.cpus ?? CORES;
  const sandbox = planSandbox(environment, settings, { cpus: most, memoryBytes: 128 * 2 ** 20 });
  const cpus = Math.min(sandbox.request.cpus, most);
  const shares = [limits.lowLevel / 100, limits.middleLevel / 100, 1];
  return {
    sandbox: { ...sandbox, request: { ...sandbox.request, cpus } },
    levels: shares.map((share, index) => ({
      share,
      asked: share,
      afterMs: index === shares.length - 1 ? LAST_MS : PASSING_MS,
    })),
    // A timer may end a moment early.
    windowMs: Math.ceil(limits.minWindow * 1.02),
    doubtAt: limits.tolerance / 100,
    fault: null,
  };
}
