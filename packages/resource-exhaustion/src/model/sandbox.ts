import type { LimitDifference } from '@seaworthy/container-engine';
import type { Victim } from './victim.ts';
import type { Gauge } from './gauge.ts';

/**
 * Who enforces the limits that victims run under. `container`, `cgroup-v2` and `cgroup-v1`: the kernel, for the whole
 * sandbox. `rlimit`: the kernel, for each process alone. `self-limited`: only the victim itself.
 */
export type Tier = 'container' | 'cgroup-v2' | 'cgroup-v1' | 'rlimit' | 'self-limited';

export interface SandboxLimits {
  readonly memoryBytes: number;
  /** Cores. */
  readonly cpus: number;
  readonly pids: number;
  /** Open files of each process. */
  readonly descriptors: number;
  /** Size of the place that `diskFolder` lies in. It is memory (tmpfs) where the engine or root can make one, and counts as such. */
  readonly diskBytes: number;
}

/** A place with limits of its own in which victims run, never larger than the budget allows. */
export interface Sandbox extends AsyncDisposable {
  readonly tier: Tier;
  /** Better tiers that were tried first, and why each could not be had. */
  readonly notHad?: readonly { readonly tier: Tier; readonly why: string }[];
  /** For people, such as `container of shop-tests, 256 MiB, 0.25 CPUs`. */
  readonly name: string;
  readonly declared: SandboxLimits;
  /** Read back; what is absent is not enforced here. */
  readonly effective: Partial<SandboxLimits>;
  /** Where there is any, no check that rests on that limit passes. */
  readonly differences: readonly LimitDifference[];
  /** As the victims see it. */
  readonly diskFolder: string;
  /** Figures from outside the victims. */
  readonly gauge: Gauge;
  /** The process that keeps the victims, in the sandbox (PID 1 of a container). It was started with the sandbox. */
  readonly keeper: Keeper;
}

/** Speaks to the keeper program: starts victims, and tells how each went. */
export interface Keeper {
  startVictim(options?: { readonly signal?: AbortSignal }): Promise<Victim>;
  /** Ends when the keeper itself is gone, with how: then nothing in the sandbox runs any more. */
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: string | null;
    readonly oomKilled?: boolean;
  }>;
}
