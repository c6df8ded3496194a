/** Resident memory of one process at four moments, bytes. */
export interface SplitReadings {
  /** Before the work. */
  readonly before: number;
  /** At the height of it. */
  readonly height: number;
  /** After everything was freed. */
  readonly freed: number;
  /** After `malloc_trim(0)` too; absent where there is none (musl, macOS) or nobody called it. */
  readonly trimmed?: number;
}

/** Where the memory of a piece of work is: in use, kept back by the allocator, or gone for good. Bytes over the baseline. */
export interface MemorySplit {
  readonly liveBytes: number;
  /** Freed, and with the allocator until it is asked to give it back. Without a trim this is all that stayed. */
  readonly retainedBytes: number;
  /** Stayed after freeing and trimming: kept by references, or by small objects that pin whole arenas. Absent without a trim. */
  readonly leakedBytes?: number;
}

/** Never less than 0: memory that was there before may go as well. */
export function splitOf({ before, height, freed, trimmed }: SplitReadings): MemorySplit {
  const over = (bytes: number): number => Math.max(0, bytes - before);
  if (trimmed === undefined) return { liveBytes: over(height), retainedBytes: over(freed) };
  return {
    liveBytes: over(height),
    retainedBytes: Math.max(0, freed - Math.max(trimmed, before)),
    leakedBytes: over(trimmed),
  };
}
