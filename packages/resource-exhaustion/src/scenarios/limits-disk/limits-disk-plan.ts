import type { Environment } from '@seaworthy/scenario';
import type { DiskRequest } from '../../model/exhaustion.ts';
import type { ExhaustionSettings } from '../exhaustion-settings.ts';
import { planSandbox, withMemoryOf } from '../sandbox/sandbox-plan.ts';
import type { SandboxPlan } from '../sandbox/sandbox-plan.ts';

/** What limits/disk is going to do. */
export interface LimitsDiskPlan {
  readonly sandbox: SandboxPlan;
  /** Never writes more, whatever the place is. */
  readonly mostBytes: number;
  readonly holdMs: number;
  readonly fault: NonNullable<DiskRequest['fault']> | null;
}

const MIB = 2 ** 20;

/** 48 MiB show the same as 1 GB: the kernel counts pages, and each costs memory. */
const SIZE = 48 * MIB;

/** The keeper, a victim, and twice what it writes. */
const MEMORY = 2 * SIZE + 32 * MIB;

export function planLimitsDisk(environment: Environment, settings: ExhaustionSettings): LimitsDiskPlan {
  const sandbox = withMemoryOf(planSandbox(environment, settings, { diskBytes: SIZE }), MEMORY);
  return {
    sandbox,
    mostBytes: Math.min(1_000_000_000, sandbox.request.diskBytes * 2),
    holdMs: 300,
    fault: null,
  };
}
