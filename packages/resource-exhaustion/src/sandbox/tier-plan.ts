import type { Cgroup } from '@seaworthy/cgroups';
import type { Environment, Workspace } from '@seaworthy/scenario';
import type { KeeperKind } from '../keeper/keeper-command.ts';
import type { Gauge } from '../model/gauge.ts';
import type { MachineMemory } from '../model/safety.ts';
import type { Keeper, SandboxLimits, Tier } from '../model/sandbox.ts';
import type { SwapInForce } from './limit-differences.ts';
import type { LeftOut } from './sandbox-options.ts';

export interface TierContext {
  readonly environment: Environment;
  readonly workspace: Workspace;
  readonly signal: AbortSignal;
}

/** What a tier is asked for. */
export interface TierPlan extends TierContext {
  readonly limits: SandboxLimits;
  readonly without: readonly LeftOut[];
  readonly keeper: KeeperKind;
  readonly deadlineMs: number;
}

/**
 * Makes a plan for the machine that victims run on.
 *
 * @throws UsageError where it has not the memory that is asked for.
 */
export type PlanFor = (machine: MachineMemory) => TierPlan;

/** A place with its keeper running in it. */
export interface OpenedTier {
  readonly tier: Tier;
  /** For people, without its limits, such as `container of shop-tests`. */
  readonly place: string;
  readonly plan: TierPlan;
  /** Read back. */
  readonly effective: Partial<SandboxLimits>;
  readonly swap?: SwapInForce;
  readonly diskFolder: string;
  readonly gauge: Gauge;
  readonly keeper: Keeper;
  /** As this machine shows it. */
  readonly cgroup?: Cgroup;
  /** Everything that must be undone. */
  readonly stack: AsyncDisposableStack;
}

/** A tier that cannot be had here, and why: a reason to try the next one. */
export class TierUnavailable extends Error {
  override readonly name = 'TierUnavailable';
}
