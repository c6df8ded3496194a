import type { Environment } from '@seaworthy/scenario';
import type { ExhaustionSettings } from '../exhaustion-settings.ts';
import { planSandbox } from '../sandbox/sandbox-plan.ts';
import type { SandboxPlan } from '../sandbox/sandbox-plan.ts';
import type { LimitsMemoryLimits } from './limits-memory-limits.ts';

/** What a second process in the sandbox holds, as shares (0-1) of the limit. It must live through everything. */
export interface CompanionPlan {
  readonly calm: number;
  /** While the levels are held. */
  readonly duringHold: number;
  /** After the levels were given up. */
  readonly afterRelease: number;
  /** While the victim goes over the limit. */
  readonly overLimit: number;
}

/** What limits/memory is going to do. */
export interface LimitsMemoryPlan {
  readonly sandbox: SandboxPlan;
  /** Shares (0-1) of the limit in force, in the order in which they are held. */
  readonly levels: readonly number[];
  readonly holdMs: number;
  readonly reachMs: number;
  /** Over the limit: 0.1 goes for 110 % of it; `null`: not tried. */
  readonly overLimitShare: number | null;
  readonly companion: CompanionPlan;
  /** How long is waited for the memory to come back after the release. */
  readonly patienceMs: number;
  readonly fault: 'reserve' | null;
}

/** The share that the companion holds: enough to be seen, and far less than any victim. */
const CALM = 0.02;

/**
 * A hold is 5 % longer than asked for, since its samples begin and end within it. Going for 110 % is what any run-away process
 * does; the kernel's answer comes at 100 %.
 */
export function planLimitsMemory(
  environment: Environment,
  limits: LimitsMemoryLimits,
  settings: ExhaustionSettings,
): LimitsMemoryPlan {
  return {
    sandbox: planSandbox(environment, settings),
    levels: [limits.lowLevel, limits.middleLevel, limits.highLevel].map((percent) => percent / 100),
    holdMs: Math.ceil(limits.minHeld * 1.05),
    reachMs: limits.maxReach,
    overLimitShare: 0.1,
    companion: { calm: CALM, duringHold: CALM, afterRelease: CALM, overLimit: CALM },
    patienceMs: 3000,
    fault: null,
  };
}
