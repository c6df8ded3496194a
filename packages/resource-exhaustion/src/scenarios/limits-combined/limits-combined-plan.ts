import type { Environment, Limits } from '@seaworthy/scenario';
import type { CombinedRequest } from '../../model/exhaustion.ts';
import type { ExhaustionSettings } from '../exhaustion-settings.ts';
import { planSandbox } from '../sandbox/sandbox-plan.ts';
import type { SandboxPlan } from '../sandbox/sandbox-plan.ts';
import type { limitsCombinedLimits } from './limits-combined-limits.ts';

/** What limits/combined is going to do: shares (0-1) of the limits in force. */
export interface LimitsCombinedPlan {
  readonly sandbox: SandboxPlan;
  readonly memory: number;
  readonly cpu: number;
  readonly descriptors: number | 'untilFull';
  readonly disk: number;
  readonly overlapMs: number;
  readonly timeoutMs: number;
  readonly fault: NonNullable<CombinedRequest['fault']> | null;
}

const MIB = 2 ** 20;

/** A quota that is met on a busy machine as well, whatever is declared: it is to be short together with the rest. */
const CORES = 0.25;

/** To fill everything, and for a busy machine to give the whole quota for long enough. */
const PATIENCE_MS = 12_000;

/**
 * Every resource as near its limit as work still goes on: memory and the place of 32 MiB in it 75 % together, the whole quota, no
 * descriptor left but the reserve.
 */
export function planLimitsCombined(
  environment: Environment,
  limits: Limits<typeof limitsCombinedLimits>,
  settings: ExhaustionSettings,
): LimitsCombinedPlan {
  const sandbox = planSandbox(environment, settings, {
    cpus: CORES,
    memoryBytes: 128 * MIB,
    diskBytes: 32 * MIB,
  });
  const cpus = Math.min(sandbox.request.cpus, CORES);
  return {
    sandbox: { ...sandbox, request: { ...sandbox.request, cpus } },
    memory: 0.75,
    cpu: 1,
    descriptors: 'untilFull',
    disk: 0.9,
    overlapMs: limits.minOverlap,
    timeoutMs: limits.minOverlap + PATIENCE_MS,
    fault: null,
  };
}
