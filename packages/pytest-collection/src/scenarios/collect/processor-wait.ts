import { readFileSync } from 'node:fs';
import type { CollectionRunner, RunningCollection } from '../../model/collection-runner.ts';

const EVERY_MS = 100;

/** One process that a runner started. */
export interface WatchedProcess {
  /**
   * ms in which its main thread could have run while others had the processors, to within 0.1 s; `null` where the system
   * does not tell. Who sleeps or is blocked waits for no processor: this tells a slow collection from a busy machine.
   */
  readonly waitedForCpuMs: number | null;
  /** On the monotonic clock, ms; the end is that of the last look while it runs. */
  readonly startedMs: number;
  readonly endedMs: number;
}

/** A runner, and what is known of the processes that it started, in the order of starting. */
export interface WatchedRunner {
  readonly runner: CollectionRunner;
  readonly processes: readonly WatchedProcess[];
}

/** Looks at the scheduler's own account of each process that a runner starts. */
export function watchProcessor(inner: CollectionRunner): WatchedRunner {
  const processes: WatchedProcess[] = [];
  const runner: CollectionRunner = {
    ...inner,
    start: async (request) => {
      const running = await inner.start(request);
      watch(running, processes);
      return running;
    },
  };
  return { runner, processes };
}

function watch({ pid, startedAt, ended }: RunningCollection, processes: WatchedProcess[]): void {
  const index = processes.length;
  const startedMs = Number(startedAt) / 1e6;
  let waitedForCpuMs: number | null = null;
  const note = (at: bigint): void => {
    processes[index] = { waitedForCpuMs, startedMs, endedMs: Number(at) / 1e6 };
  };
  const look = (): void => {
    waitedForCpuMs = runDelayMs(pid) ?? waitedForCpuMs;
    note(process.hrtime.bigint());
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  timer.unref();
  const stop = (at: bigint): void => {
    clearInterval(timer);
    note(at);
  };
  void ended.then(
    ({ at }) => stop(at),
    () => stop(process.hrtime.bigint()),
  );
}

/** Of `/proc/PID/schedstat`: ns on a processor, ns waiting for one, slices. */
function runDelayMs(pid: number): number | null {
  try {
    const delay = Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[1]);
    return Number.isFinite(delay) ? delay / 1e6 : null;
  } catch {
    return null; // No Linux, or it is gone.
  }
}
