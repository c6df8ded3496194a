import { isComplete } from '../collect/judge-collected.ts';
import type { ObservedCollection } from '../collect/observed-collection.ts';
import type { ParallelObservation } from './parallel-observation.ts';

/** What the runs at once are compared with, and by how much they differ. */
export interface ParallelFigures {
  /** One run alone, without the time in which other processes had the processors. */
  readonly aloneMs: number;
  /** As many runs one after the other. */
  readonly sequentialMs: number;
  /** All at once, as it was measured. */
  readonly togetherMs: number;
  /**
   * What all at once would have taken with the cores to themselves: the longest of them less its waiting for a
   * processor, or the processor time of all by the number of cores. As measured where waiting is not told.
   */
  readonly undisturbedMs: number;
  /** Share of the cores they could use that they got while all ran: where it is small, they hardly met. */
  readonly gotCores: number;
  /** Processor time of a run among others as a multiple of that alone. */
  readonly cpuInflation: number;
  /** Time that a run stood still (slept, waited for a lock or a disk) more than alone, as a share of `aloneMs`. */
  readonly waiting: number | null;
}

/** Of runs that all came to their end. */
export function parallelFigures({
  alone,
  together,
  togetherMs,
  cores,
}: ParallelObservation): ParallelFigures {
  const aloneMs = mean(alone.map((run) => run.wallMs - (run.waitedForCpuMs ?? 0)));
  const cpuMs = together.reduce((sum, run) => sum + run.cpuMs, 0);
  const isTold = [...alone, ...together].every((run) => run.waitedForCpuMs !== null);
  const longest = Math.max(...together.map((run) => run.wallMs - (run.waitedForCpuMs ?? 0)));
  return {
    aloneMs,
    sequentialMs: together.length * aloneMs,
    togetherMs,
    undisturbedMs: isTold ? Math.max(longest, cpuMs / Math.max(1, cores)) : togetherMs,
    gotCores: cpuMs / (togetherMs * Math.max(1, Math.min(cores, together.length))),
    cpuInflation: mean(together.map((run) => run.cpuMs)) / mean(alone.map((run) => run.cpuMs)),
    waiting: isTold ? (mean(together.map(stoodStill)) - mean(alone.map(stoodStill))) / aloneMs : null,
  };
}

/** Whether it came to its end and found exactly the tests that there are. */
export function succeeded(run: ObservedCollection): boolean {
  return isComplete(run) && run.found?.tests === run.expected.tests && run.found.files === run.expected.files;
}

/** Time in which it neither ran nor could have run. */
function stoodStill({ wallMs, cpuMs, waitedForCpuMs }: ObservedCollection): number {
  return Math.max(0, wallMs - cpuMs - (waitedForCpuMs ?? 0));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
