import type { Environment, Limits } from '@seaworthy/scenario';
import type { ExhaustionSettings } from '../exhaustion-settings.ts';
import { planSandbox, withMemoryOf } from '../sandbox/sandbox-plan.ts';
import type { SandboxPlan } from '../sandbox/sandbox-plan.ts';
import type { limitsDescriptorsLimits } from './limits-descriptors-limits.ts';

/** What limits/descriptors is going to do. */
export interface LimitsDescriptorsPlan {
  readonly sandbox: SandboxPlan;
  /** How often all descriptors are taken and given back. */
  readonly rounds: number;
  /** A limit above it is not filled. */
  readonly mostDescriptors: number;
  /** A fault: gives back all but one in so many. */
  readonly keepEvery: number | null;
  readonly fault: 'no-reserve' | null;
}

/** Three rounds show a leak of 1 in 100 under a limit of 1024: 30 descriptors, where one round shows 10. */
const ROUNDS = 3;

/** The keeper and a victim, at ease. */
const MEMORY = 96 * 2 ** 20;
/** What the kernel keeps of an open file, bytes, with a margin. */
const EACH = 2048;

export function planDescriptorSandbox(environment: Environment, settings: ExhaustionSettings): SandboxPlan {
  const sandbox = planSandbox(environment, settings);
  return withMemoryOf(sandbox, MEMORY + sandbox.request.descriptors * EACH);
}

export function planLimitsDescriptors(
  environment: Environment,
  limits: Limits<typeof limitsDescriptorsLimits>,
  settings: ExhaustionSettings,
): LimitsDescriptorsPlan {
  return {
    sandbox: planDescriptorSandbox(environment, settings),
    rounds: ROUNDS,
    mostDescriptors: limits.maxLimit,
    keepEvery: null,
    fault: null,
  };
}
