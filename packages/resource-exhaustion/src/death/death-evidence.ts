import type { MemoryKills } from '@seaworthy/cgroups';

/** All that is known of a death. Nothing is demanded: what is not known is absent, and makes the verdict less certain. */
export interface DeathEvidence {
  /** As whoever waited for it saw it; an engine or a shell tells a signal as exit code 128 + its number. */
  readonly ending: { readonly code: number | null; readonly signal: string | null };
  /** As the keeper in the sandbox read the kernel's count of kills for memory right before and after. */
  readonly keeper?: {
    readonly killsBefore?: number;
    readonly killsAfter?: number;
    readonly peakBytes?: number;
  };
  /** Cgroups as they were read from outside: that of the process first, then the ones around it. */
  readonly cgroups?: readonly CgroupWitness[];
  /** The container that it ran in, after that has ended; absent where it has not. */
  readonly engine?: EngineWitness;
  readonly machine?: MachineWitness;
  /** Processes of the sandbox that ended by SIGKILL between the two readings, this one included; 1 by default. */
  readonly deaths?: number;
  /** What the process said itself: an exception or errno, such as `MemoryError`, `EAGAIN`. */
  readonly said?: string;
  /** A signal that we sent it ourselves. */
  readonly sent?: string;
  /** Of /dev/shm of its sandbox, when it was last seen before the death. */
  readonly sharedMemory?: { readonly sizeBytes: number; readonly freeBytes: number };
}

/** What a cgroup told before and after the death. `memory.failcnt` is no evidence: it counts reclaim, and may be 0 after a kill. */
export interface CgroupWitness {
  readonly folder: string;
  /** Bytes, that it sets itself. */
  readonly limitBytes?: number;
  readonly before: CgroupReading;
  readonly after: CgroupReading;
}

export interface CgroupReading {
  readonly kills?: MemoryKills;
  /** Since the cgroup was made, as the kernel keeps it. */
  readonly peakBytes?: number;
  readonly refusedForks?: number;
}

export interface EngineWitness {
  /** How often it told of `oom` in this container; absent where its events were not listened to. */
  readonly oomEvents?: number;
  /** Its flag after the end. It is the container's, not the process's: true with exit code 0 where a child was killed. */
  readonly oomKilled?: boolean;
  /** Of the engine's machine: under version 2 some kernel kills are neither told nor flagged. */
  readonly cgroupVersion?: 1 | 2;
  /** The process was the container's main one. */
  readonly isMain?: boolean;
}

export interface MachineWitness {
  readonly totalBytes: number;
  /** The least that was available near the death. */
  readonly lowestAvailableBytes: number;
}
