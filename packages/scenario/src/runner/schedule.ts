import type { Footprint } from '../scenario.ts';
import { chooseNext, type Capacity } from './machine.ts';

export interface Job {
  readonly footprint: Footprint;
  /** Does it. What it throws stops the whole schedule. */
  run(signal: AbortSignal): Promise<void>;
}

/**
 * Runs all jobs, side by side as far as the machine goes (see {@link chooseNext}). When one throws, the signal that
 * all of them were given fires, no other is started, and the error is thrown once those that run have ended. When
 * `signal` fires, the rest is run all the same: each job knows best what it is then.
 */
export async function runSchedule(
  jobs: readonly Job[],
  capacity: Capacity,
  signal: AbortSignal,
): Promise<void> {
  const waiting = [...jobs];
  const running = new Map<Job, Promise<void>>();
  const defect = new AbortController();
  const either = AbortSignal.any([signal, defect.signal]);
  let failure: { readonly error: unknown } | undefined;

  const start = (job: Job): void => {
    const done = job
      .run(either)
      .catch((error: unknown) => {
        failure ??= { error };
        defect.abort();
      })
      .finally(() => running.delete(job));
    running.set(job, done);
  };
  while (running.size > 0 || (waiting.length > 0 && failure === undefined)) {
    if (failure === undefined) {
      const footprints = waiting.map((job) => job.footprint);
      const next = chooseNext(
        footprints,
        [...running.keys()].map((job) => job.footprint),
        capacity,
      );
      if (next !== undefined) {
        for (const job of waiting.splice(next, 1)) start(job);
        continue;
      }
    }
    await Promise.race(running.values());
  }
  if (failure !== undefined) throw failure.error;
}
