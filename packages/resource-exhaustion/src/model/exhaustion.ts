import type { VictimEnding } from './victim.ts';

/** What every request says: when to give up, and who may stop it. */
export interface ExhaustionRequest {
  readonly signal: AbortSignal;
  /** Of the whole, ms; 30 s by default. A pressure that did not come about in it says so, it does not throw. */
  readonly timeoutMs?: number;
}

/** A measured course: ms since the pressure began, and the value. */
export type Curve = readonly (readonly [atMs: number, value: number])[];

/** Of the samples that were taken while a level was held. */
export interface HeldLevel {
  /** How long, ms, by the clock of this process. */
  readonly ms: number;
  readonly samples: number;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}

/**
 * How an exhaustion went. `held`: the target was reached and kept for as long as asked. `refused`: an allocation or write
 * failed in an orderly way before the target. `protected`: the guard of the request stopped it. `killed`: a victim was
 * ended by a signal. `timeout`: the target was not reached in time. `interrupted`: the signal of the request.
 */
export type ExhaustionOutcome = 'held' | 'refused' | 'protected' | 'killed' | 'timeout' | 'interrupted';

export interface MemoryProgress {
  readonly atMs: number;
  readonly usageBytes: number;
  readonly targetBytes: number;
  readonly phase: 'filling' | 'holding';
}

/** Exactly one of `share`, `bytes` and `overLimitShare`. */
export interface MemoryRequest extends ExhaustionRequest {
  /** Of the sandbox's effective memory limit, 0-1: all that is charged to the sandbox counts, its base usage too. */
  readonly share?: number;
  /** That the victims take together, beside what the sandbox used before. */
  readonly bytes?: number;
  /** Pushes to so much over the limit, 0.1: 110 %. Ends when a victim is killed, or refused all the same. */
  readonly overLimitShare?: number;
  /** Victims that fill at the same time and meet at the barrier; 1 by default. */
  readonly workers?: number;
  /** The largest step of one victim; 10 MB by default. Steps grow smaller near a target that is a share. */
  readonly chunkBytes?: number;
  /** How long the level is held after the last worker came to the barrier, ms; 2000 by default. */
  readonly holdMs?: number;
  /** The guard under test: no step is granted that would bring the usage above this. */
  readonly protect?: MemoryProtection;
  /** Runs while the level is held, which lasts until it is through (and `holdMs` at least). */
  readonly whileHeld?: (usageBytes: number) => Promise<void>;
  readonly onProgress?: (progress: MemoryProgress) => void;
  /** A fault: takes address space and writes no page, so there is no pressure. */
  readonly fault?: 'reserve';
}

/** A guard that refuses the next step once usage would exceed `share` of `limitBytes`. */
export interface MemoryProtection {
  readonly share: number;
  /** The effective limit of the sandbox by default; a guard that is wrong reads another one, such as the host's memory. */
  readonly limitBytes?: number;
  /** `sandbox` by default: one guard for all workers. `worker`: each looks at what it holds itself alone (a fault). */
  readonly counts?: 'sandbox' | 'worker';
}

export interface MemoryRefusal {
  readonly atMs: number;
  /** Index of the worker. */
  readonly worker: number;
  /** `guard`: our own protection; `kernel`: an allocation failed. */
  readonly by: 'guard' | 'kernel';
  /** Such as `MemoryError`, `ENOMEM`. */
  readonly error?: string;
  /** Usage of the sandbox as the guard or we read it. */
  readonly usageBytes: number;
  /** What was asked for and not granted. */
  readonly wantedBytes: number;
}

/** A victim that ended while it was not asked to, and what the counters said right before and after, from outside. */
export interface VictimDeath {
  readonly atMs: number;
  readonly worker: number;
  /** As the victim's machine sees it. */
  readonly pid: number;
  /** Memory that the victim held when it last answered. */
  readonly heldBytes: number;
  /** The first witness: the keeper, the victim's parent. */
  readonly ending: VictimEnding;
  /** The second: processes that the kernel killed for memory in the sandbox, by the gauge. Absent where it cannot tell. */
  readonly gaugeKillsBefore?: number;
  readonly gaugeKillsAfter?: number;
  /** Highest usage, by the gauge, and the last that it read before. */
  readonly gaugePeakBytes?: number;
  readonly lastUsageBytes?: number;
}

export interface MemoryWorker {
  readonly worker: number;
  readonly pid: number;
  /** Share of the target that was its own. */
  readonly askedBytes: number;
  /** The most it ever held, and what it held when all were at the barrier. */
  readonly reachedBytes: number;
  readonly barrierBytes: number;
  /** Came to the barrier and was alive at the end of the hold. */
  readonly held: boolean;
  /** From the first step to the barrier, ms. */
  readonly fillMs: number;
  readonly steps: number;
  readonly refusals: number;
  readonly ending?: VictimEnding;
}

export interface MemoryExhaustion {
  readonly outcome: ExhaustionOutcome;
  /** Effective; absent where none is enforced here. */
  readonly limitBytes?: number;
  readonly declaredBytes: number;
  /** Usage of the sandbox before the first step, keeper and workers included. */
  readonly baselineBytes: number;
  /** Usage of the sandbox that was aimed for. */
  readonly targetBytes: number;
  /** Usage at the barrier (the end of the filling), from outside. */
  readonly reachedBytes: number;
  /** Of the limit, 0-1; absent without a limit. */
  readonly reachedShare?: number;
  /** Within a point of the limit (of the target, where there is no limit). */
  readonly reached: boolean;
  readonly fillMs: number;
  /** Usage while the workers were at the barrier, bytes. */
  readonly held?: HeldLevel;
  /** As the kernel keeps it, in this sandbox, since it was made; not of this exhaustion alone. */
  readonly peakBytes?: number;
  /** The highest that we sampled in this exhaustion. */
  readonly highestSampleBytes: number;
  readonly workers: readonly MemoryWorker[];
  /** Jain's index of what the workers held at the barrier, 0-1; 1 is equal. */
  readonly fairness: number;
  readonly refusals: readonly MemoryRefusal[];
  readonly deaths: readonly VictimDeath[];
  /** Of the gauge; absent where it cannot tell. */
  readonly killsBefore?: number;
  readonly killsAfter?: number;
  /** Usage of the sandbox, bytes. */
  readonly curve: Curve;
  /** After the workers gave everything back and ended, and how long that took, ms. */
  readonly leftBytes: number;
  readonly releaseMs: number;
  /** Who told the figures. `proc` sums are not exact. */
  readonly measuredBy: 'cgroup-files' | 'keeper' | 'proc';
}

export interface CpuRequest extends ExhaustionRequest {
  /** Of the effective quota, 0-1; 1 asks for more than there is, so that the quota is what stops it. */
  readonly share: number;
  /** That is measured, ms, after the loop has settled. */
  readonly durationMs: number;
  readonly workers?: number;
  /** How long is looked at what goes on after the answer to the stop, ms; 1000 by default. */
  readonly afterMs?: number;
  /**
   * Faults: `open-loop` keeps a duty cycle of a whole core by the wall clock that nothing corrects, as if there were no quota;
   * `go-on` works on after it was told to stop, until the second after it is measured.
   */
  readonly fault?: 'open-loop' | 'go-on';
}

export interface CpuExhaustion {
  readonly outcome: ExhaustionOutcome;
  /** Cores, effective; absent where none is enforced here. */
  readonly quotaCores?: number;
  readonly declaredCores: number;
  readonly targetShare: number;
  /** From the kernel's count of the sandbox, or the victims' own where there is none, over the whole duration. Of the quota, 0-1. */
  readonly meanShare: number;
  /** Over the duration, ms. */
  readonly durationMs: number;
  readonly usageMs: number;
  /** What the victims counted themselves. */
  readonly victimMs: number;
  /** Share in each 500 ms. */
  readonly curve: Curve;
  readonly lowestShare: number;
  readonly highestShare: number;
  /** Of the quota; absent without one. */
  readonly periods?: number;
  readonly throttledPeriods?: number;
  readonly throttledMs?: number;
  /** In `afterMs` (a second by default) after it was told to stop, from the answer on. */
  readonly shareAfter: number;
  /**
   * Others had the cores: it is below the target, and waited for at least as long as is missing; where the kernel does not tell
   * that (`waitedMs` is absent), the quota did not stop it. Then nothing is told by this.
   */
  readonly contended: boolean;
  /** How long the victims were ready to run and waited for a core that others had, ms, where the kernel tells. */
  readonly waitedMs?: number;
  readonly measuredBy: 'cgroup-files' | 'keeper' | 'proc';
}

export interface DescriptorRequest extends ExhaustionRequest {
  /** Of the effective limit, 0-1. */
  readonly share: number | 'untilFull';
  /** A fault: does not give back one in so many. */
  readonly keepEvery?: number;
  /** A fault: `no-reserve` keeps no descriptor back, so that nothing can be asked while it is full. */
  readonly fault?: 'no-reserve';
}

/** Everyday things, each true where it worked. */
export interface ExerciseResult {
  readonly answered: boolean;
  readonly answerMs: number;
  /** A read on a descriptor that was opened before. */
  readonly reservedRead: boolean;
  readonly openFile: boolean;
  readonly spawn: boolean;
  readonly importModule: boolean;
}

export interface DescriptorExhaustion {
  readonly outcome: ExhaustionOutcome;
  readonly limit?: number;
  readonly declared: number;
  /** Open in the victim before, and what is kept in reserve is among them. */
  readonly base: number;
  readonly opened: number;
  /** Such as `EMFILE`. */
  readonly error?: string;
  /** Open at the height, counted by the keeper from outside the victim; absent where it cannot. */
  readonly openAtHeight?: number;
  /** By the gauge (the machine of this tool), where it can see the victim. */
  readonly gaugeAtHeight?: number;
  /** The height is where it was aimed for; for `untilFull`, refused with exactly `limit - base` opened. */
  readonly exact: boolean;
  readonly atHeight: ExerciseResult;
  readonly afterwards: ExerciseResult;
  readonly openAfterwards?: number;
  /** Open afterwards, over the base; absent where nobody could count. */
  readonly notReturned?: number;
  readonly fillMs: number;
  readonly curve: Curve;
}

export interface DiskRequest extends ExhaustionRequest {
  /** Of the size of the place, 0-1: files that were there before count. */
  readonly share: number | 'untilFull';
  /** Never writes more than so much; 1 GB by default. */
  readonly mostBytes?: number;
  /** How long the level is held, ms; 500 by default. */
  readonly holdMs?: number;
  /**
   * Faults: `keep-open` deletes the file and holds it; `keep` leaves it; `preallocate` reserves blocks or a length and writes none;
   * `overwrite` goes on in the file that was there before when the place is full.
   */
  readonly fault?: 'keep-open' | 'keep' | 'preallocate' | 'overwrite';
}

export interface DiskExhaustion {
  readonly outcome: ExhaustionOutcome;
  /** Of the file system, as it says itself (statfs). */
  readonly sizeBytes: number;
  readonly declaredBytes: number;
  readonly freeBeforeBytes: number;
  readonly writtenBytes: number;
  /** Such as `ENOSPC`. */
  readonly error?: string;
  readonly freeAtHeightBytes: number;
  /** The place is limited on its own (not a folder of a large file system). */
  readonly limited: boolean;
  /** SHA-256 of a file that was there before; empty where it cannot be read any more. */
  readonly oldFileBefore: string;
  readonly oldFileAtHeight: string;
  readonly oldFileAfterwards: string;
  readonly freeAfterBytes: number;
  /** Until free space was back within 1 MB, ms; absent where it was not in `patienceMs`. */
  readonly backAfterMs?: number;
  readonly patienceMs: number;
  /** Held by files that are deleted and open, as /proc of the sandbox shows them. */
  readonly deletedButOpenBytes: number;
  /** A small file could be written afterwards. */
  readonly writableAfterwards: boolean;
  readonly fillMs: number;
  /** Free bytes. */
  readonly curve: Curve;
  readonly measuredBy: 'cgroup-files' | 'keeper' | 'proc';
}

/** What each part aims for: shares of the effective limits, 0-1. Disk is counted as memory where its place is in memory. */
export interface CombinedRequest extends ExhaustionRequest {
  readonly memory?: number;
  readonly cpu?: number;
  readonly descriptors?: number | 'untilFull';
  readonly disk?: number | 'untilFull';
  /** For so long all parts must be at their levels at the same time, ms; 3000 by default. */
  readonly overlapMs?: number;
  /**
   * Faults: `no-reserve` keeps no descriptor back for control; `disk-beside-memory` leaves the disk out of the memory budget;
   * `keep` gives nothing back until `afterwards` was measured.
   */
  readonly fault?: 'no-reserve' | 'disk-beside-memory' | 'keep';
}

export interface CombinedPart {
  readonly part: 'memory' | 'cpu' | 'descriptors' | 'disk';
  /** Bytes, cores, descriptors, bytes. */
  readonly target: number;
  readonly reached: boolean;
  readonly reachedAfterMs?: number;
  /** While all overlapped. */
  readonly held?: HeldLevel;
  /** Absent where they could not be measured. */
  readonly before?: number;
  readonly afterwards?: number;
  /** Back at the level of before, within 5 % of the limit; never where either of them is not known. */
  readonly recovered: boolean;
  readonly problem?: string;
}

export interface CombinedExhaustion {
  readonly outcome: ExhaustionOutcome;
  readonly parts: readonly CombinedPart[];
  /** Longest time in which every part was at its level at once, ms. */
  readonly overlapMs: number;
  /** Control questions that were asked during it, and the slowest answer. */
  readonly control: { readonly asked: number; readonly answered: number; readonly slowestMs: number };
  readonly duringOverlap: ExerciseResult;
  readonly afterwards: ExerciseResult;
  readonly deaths: readonly VictimDeath[];
  readonly killsBefore?: number;
  readonly killsAfter?: number;
  readonly recoveredMs: number;
}

/**
 * The names of `VictimReply.figures` of `churn`, bytes where not said otherwise. RSS is read by the victim from /proc (0 where
 * there is none); judge by the gauge beside it.
 */
export interface ChurnFigures {
  readonly cycles: number;
  readonly allocations: number;
  /** Live at the height of the last cycle, as asked for. */
  readonly liveBytes: number;
  readonly rssBefore: number;
  /** RSS at the height of the first, the last and the highest cycle. */
  readonly rssPeakFirst: number;
  readonly rssPeakLast: number;
  readonly rssPeakHighest: number;
  /** After everything but the pinned was freed. */
  readonly rssFreed: number;
  /** After `malloc_trim(0)`; as `rssFreed` without one. */
  readonly rssTrimmed: number;
  readonly pinnedBytes: number;
  readonly pinnedBlocks: number;
  /** 1: there is a `malloc_trim` and it was called. */
  readonly trimmed: number;
  /** Microseconds of the slowest cycle. */
  readonly slowestCycleUs: number;
}
