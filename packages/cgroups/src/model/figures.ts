/** What a cgroup (with all below it) holds at this moment, bytes. */
export interface MemoryFigures {
  /** All that is charged, page cache included: what the limit is compared with. */
  readonly usageBytes: number;
  /** The most that `usageBytes` ever was, as the kernel keeps it; absent where it does not (version 2 before Linux 5.19). */
  readonly peakBytes?: number;
  readonly anonymousBytes: number;
  /** tmpfs and shared memory, /dev/shm included. */
  readonly sharedBytes: number;
  /** Kernel memory, where it is told. */
  readonly kernelBytes?: number;
  /** Page cache that the kernel takes back before it kills anyone. */
  readonly reclaimableBytes: number;
}

export interface CpuFigures {
  readonly usageUs: number;
  /** Of the quota: periods that began, those in which it was used up, and how long was waited in them. 0 without a quota. */
  readonly periods: number;
  readonly throttledPeriods: number;
  readonly throttledUs: number;
}

/** The kernel's counts of processes that it killed for memory. */
export interface MemoryKills {
  /** In the cgroup itself, whoever's limit it was. */
  readonly own: number;
  /** In it and all below it (version 2 only). */
  readonly hierarchical?: number;
  /** Times that the limit of the cgroup itself was hit and nothing could be reclaimed, where it is told. */
  readonly ownLimitHits?: number;
}

export interface PidFigures {
  readonly current: number;
  /** How often a fork was refused. */
  readonly refused: number;
}
