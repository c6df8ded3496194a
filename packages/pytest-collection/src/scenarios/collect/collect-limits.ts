import type { LimitSpec } from '@seaworthy/scenario';

/** Limits that the scenarios on generated trees share, for a tree of the given size. */
export const maxDuration = (ms: number, size: string): LimitSpec =>
  ({
    unit: 'ms',
    default: ms,
    min: 100,
    description: `time to collect ${size}, which it must stay below (for other sizes a part or a multiple of it, but no less than 5 s)`,
  }) as const;

export const maxMemory = (bytes: number): LimitSpec => ({
  unit: 'bytes',
  default: bytes,
  min: 1_000_000,
  description: 'memory that all its processes hold at the peak, which it must stay below',
});

export const minRate = (perSecond: number): LimitSpec => ({
  unit: 'per-second',
  default: perSecond,
  description: 'tests found a second, from the start of the process to its end, which it must exceed',
});

/** The values in force, as the common judge takes them. */
export interface CollectLimits {
  readonly maxDuration: number;
  readonly maxMemory: number;
  readonly minRate?: number;
}
