import type { ChurnFigures, Curve } from '../model/exhaustion.ts';
import type { GaugeReading } from '../model/gauge.ts';
import type { Sandbox } from '../model/sandbox.ts';
import type { ChurnOptions, Victim, VictimReply } from '../model/victim.ts';
import { Course } from '../pressure/course.ts';
import { splitOf, type MemorySplit } from './memory-split.ts';

export interface SplitMemoryOptions extends Partial<ChurnOptions> {
  /** Allocated at a time, bytes. */
  readonly bytes: number;
  /** The process that does it; one is started and ended where there is none. */
  readonly victim?: Victim;
  readonly signal?: AbortSignal;
}

/** What became of memory that was allocated and freed in blocks of mixed sizes. */
export interface SplitMemory {
  readonly outcome: VictimReply['outcome'];
  /** Why it was refused. */
  readonly error?: string;
  /** As the process saw it, in its resident memory; absent where it was refused or died. */
  readonly split?: MemorySplit;
  readonly figures?: ChurnFigures;
  /** The same from outside, by the gauge of the sandbox, without page cache. */
  readonly outside: {
    readonly baselineBytes: number;
    readonly highestBytes: number;
    /** While the process lives, with all freed (and trimmed). */
    readonly afterwardsBytes: number;
    readonly curve: Curve;
  };
  readonly ms: number;
}

const LOOK_EVERY_MS = 20;

/** 1 KB to 256 KB, as the objects of a test suite and the buffers of its libraries are. */
const USUAL = { smallest: 1024, largest: 256 * 1024, cycles: 3, trim: true, seed: 1 } as const;

/**
 * Allocates and frees blocks of mixed sizes in a process of the sandbox, and tells where the memory is afterwards: in use,
 * retained by the allocator, or leaked.
 */
export async function splitMemory(
  { keeper, gauge }: Pick<Sandbox, 'keeper' | 'gauge'>,
  { victim: given, signal, ...churn }: SplitMemoryOptions,
): Promise<SplitMemory> {
  const victim = given ?? (await keeper.startVictim(signal === undefined ? {} : { signal }));
  try {
    const held = ({ memory }: GaugeReading): number | undefined =>
      memory === undefined ? undefined : memory.usageBytes - memory.reclaimableBytes;
    const course = new Course(gauge, held, 'memory');
    // The one that answers has paid for its own start.
    await victim.memory(0);
    const baselineBytes = await course.read();
    const before = course.last;
    const start = performance.now();
    let isDone = false;
    const done = victim.churn({ ...USUAL, ...churn }).finally(() => (isDone = true));
    while (!isDone) {
      await course.read();
      await Promise.race([done, new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))]);
      signal?.throwIfAborted();
    }
    const reply = await done;
    const ms = Math.round(performance.now() - start);
    const afterwardsBytes = await course.read();
    const figures = reply.outcome === 'done' ? (reply.figures as unknown as ChurnFigures) : undefined;
    return {
      outcome: reply.outcome,
      ...(reply.error === undefined ? {} : { error: reply.error }),
      ...(figures === undefined ? {} : { figures, split: splitOfChurn(figures) }),
      outside: {
        baselineBytes,
        highestBytes: Math.max(course.highest, peakBetween(before, course.last) ?? 0),
        afterwardsBytes,
        curve: course.curve,
      },
      ms,
    };
  } finally {
    if (given === undefined) await victim.end();
  }
}

/**
 * The kernel's own mark, without page cache: on a fast machine a whole round lies between two looks. It stands for all the
 * life of the sandbox, so it tells only where it rose in between.
 */
function peakBetween(before: GaugeReading | undefined, after: GaugeReading | undefined): number | undefined {
  const peakBytes = after?.memory?.peakBytes;
  if (peakBytes === undefined || peakBytes <= (before?.memory?.peakBytes ?? peakBytes)) return undefined;
  const cacheBytes = [before, after].map((reading) => reading?.memory?.reclaimableBytes ?? 0);
  return peakBytes - Math.max(...cacheBytes);
}

function splitOfChurn(figures: ChurnFigures): MemorySplit {
  const { rssBefore, rssPeakHighest, rssFreed, rssTrimmed, trimmed } = figures;
  return splitOf({
    before: rssBefore,
    height: rssPeakHighest,
    freed: rssFreed,
    ...(trimmed === 1 ? { trimmed: rssTrimmed } : {}),
  });
}
