import type { Environment, Workspace } from '@seaworthy/scenario';
import type { SandboxLimits, Tier } from '../model/sandbox.ts';
import type { MachineMemory } from '../model/safety.ts';

/** A limit (or the init program) that is left out on purpose: a fault. What was declared stays declared. */
export type LeftOut = 'memory' | 'cpus' | 'pids' | 'descriptors' | 'disk' | 'init';

export interface SandboxOptions {
  readonly environment: Environment;
  readonly workspace: Workspace;
  readonly signal: AbortSignal;
  /** What is absent comes from the subject's declared limits, or is small. */
  readonly request: Partial<SandboxLimits>;
  /** Forces one; by default the best that can be had. */
  readonly tier?: Tier;
  /** By default Python where the place has one, else the native one. */
  readonly keeper?: 'python' | 'native';
  readonly without?: readonly LeftOut[];
  /** The most memory that is taken because the subject declares it, bytes; 1 GiB by default. A request may ask for more. */
  readonly mostBytes?: number;
  /** How long the sandbox may live, ms; 10 minutes by default. Then it ends, whoever hangs. */
  readonly deadlineMs?: number;
  /** So much memory stays free on the machine, bytes, where that is more than the usual floor (1 GiB or a tenth of it all). */
  readonly keepFreeBytes?: number;
  /** What the budget is made of; read from this machine by default. */
  readonly machine?: MachineMemory;
}
