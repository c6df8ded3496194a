/** Limits of one cgroup, or in force on it. What is absent is not limited. */
export interface CgroupLimits {
  readonly memoryBytes?: number;
  /** Memory and swap together (version 1's memsw; version 2's two files added up). */
  readonly memorySwapBytes?: number;
  /** Cores: quota divided by period. */
  readonly cpus?: number;
  readonly pids?: number;
}

/** A limit, and the folder of the cgroup that sets it: the lowest one on the way from the cgroup up to the top. */
export interface EffectiveLimit {
  readonly value: number;
  readonly folder: string;
  /** Set by the cgroup itself, not by one above it. */
  readonly own: boolean;
}

export type EffectiveLimits = Readonly<Partial<Record<keyof CgroupLimits, EffectiveLimit>>>;
