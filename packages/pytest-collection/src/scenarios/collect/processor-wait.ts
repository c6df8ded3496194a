import { readFileSync } from 'node:fs';
import type { CollectionRunner, RunningCollection } from '../../model/collection-runner.ts';

const EVERY_MS = 100;

/** A runner, and how long what it started had to wait for a processor. */
export interface WatchedRunner {
  readonly runner: CollectionRunner;
  /**
   * ms in which the main thread of the last process could have run while others had the processors, to within 0.1 s;
   * `null` where the system does not tell. A sleeping or blocked process waits for no processor: this tells a slow
   * collection from a busy machine.
   */
  waitedForCpuMs(): number | null;
  /** When the last process started and ended, ns; `undefined` while there is none. */
  span(): { readonly from: bigint; readonly to: bigint } | undefined;
}

/** Looks at the scheduler's own account of each process that a runner starts. */
export function watchProcessor(inner: CollectionRunner): WatchedRunner {
  let waited: number | null = null;
  let span: { from: bigint; to: bigint } | undefined;
  const watch = ({ pid, startedAt, ended }: RunningCollection): void => {
    waited = runDelayMs(pid);
    const timer = setInterval(() => (waited = runDelayMs(pid) ?? waited), EVERY_MS);
    timer.unref();
    const stop = (to: bigint): void => {
      clearInterval(timer);
      span = { from: startedAt, to };
    };
    void ended.then(
      ({ at }) => stop(at),
      () => stop(process.hrtime.bigint()),
    );
  };
  const runner: CollectionRunner = {
    name: inner.name,
    ...(inner.limit === undefined ? {} : { limit: inner.limit }),
    start: async (request) => {
      const running = await inner.start(request);
      watch(running);
      return running;
    },
  };
  return { runner, waitedForCpuMs: () => waited, span: () => span };
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
