import type { Cgroup } from '@seaworthy/cgroups';
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
  /** That of keeper and victims, where this machine shows it: who killed for memory is read there. */
  readonly cgroup?: Cgroup;
  /** Why it was ended before its time, in a clause; nothing while nobody but its owner ends it. */
  readonly ended?: string | undefined;
}

/** Speaks to the keeper program: starts victims, and tells how each went. */
export interface Keeper {
  /** Rejects with KeeperRefused where a limit of processes or descriptors is met: nothing is lost by that. */
  startVictim(options?: { readonly signal?: AbortSignal }): Promise<Victim>;
  /** What it sees and does in the sandbox itself, beside the victims. */
  readonly inside: InsideView;
  /** Ends when the keeper itself is gone, with how: then nothing in the sandbox runs any more. */
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: string | null;
    readonly oomKilled?: boolean;
  }>;
}

/** Reads of the keeper: from outside of every victim, and from inside of the sandbox. All reject once the keeper is gone. */
export interface InsideView {
  /** Raw texts of the keeper's own cgroup by name of file, such as `memory.usage_in_bytes`; `version` 0 where it sees none. */
  cgroupTexts(): Promise<{
    readonly version: 0 | 1 | 2;
    readonly texts: Readonly<Record<string, string>>;
  }>;
  /** The keeper and its victims. */
  processes(): Promise<readonly InsideProcess[]>;
  /** Of the file system in which the path lies, as statfs tells it (what an ordinary user can take). */
  disk(path: string): Promise<{ readonly sizeBytes: number; readonly freeBytes: number }>;
  /** Blocks of regular files that are deleted and that a victim still has open. */
  deletedButOpenBytes(): Promise<number>;
  /** Writes a file of pseudo-random bytes; resolves with its SHA-256. Rejects with the errno's name. */
  plantFile(path: string, bytes: number): Promise<string>;
  /** SHA-256 of its content. */
  hashFile(path: string): Promise<string>;
  /** Removes one file that `plantFile` wrote; does nothing where there is none. */
  removeFile(path: string): Promise<void>;
  /** Answers at once; ms that it took. */
  ping(): Promise<number>;
}

export interface InsideProcess {
  readonly pid: number;
  /** `undefined` for the keeper. */
  readonly victim?: number;
  /** Absent where it cannot be told. */
  readonly descriptors?: number;
  readonly residentBytes?: number;
  readonly cpuMs?: number;
  /** Ready to run, and another had the core, ms. */
  readonly waitedMs?: number;
}
