import type { Environment, Limits } from '@seaworthy/scenario';
import type { WrittenModule } from '../modules/written-module.ts';
import type { threadsLimits } from './threads-limits.ts';

/** What imports/threads is going to try. */
export interface ThreadsPlan {
  readonly modules: readonly WrittenModule[];
  /** One thread each, which imports the module named and calls its `work`. */
  readonly threads: readonly string[];
  /** Fresh interpreters that are always tried, and the most that are tried when the first ones leave it open. */
  readonly trials: { readonly least: number; readonly most: number };
  /** Share of hanging trials, in percent, that decides when enough was tried. */
  readonly decisivePercent: number;
  /** Trials at a time. */
  readonly atOnce: number;
  /** A thread that has not moved for so many seconds is stuck. */
  readonly patienceSeconds: number;
  /** No new trial is begun after so many ms. */
  readonly triesMs: number;
}

/** Long enough for the other threads to come and ask for the module: the import locks are really fought for. */
const SLOW_START = 'time.sleep(0.004)';

function half(name: string, other: string): WrittenModule {
  return {
    name,
    source: `import threading
import time

LOCK = threading.Lock()
COUNT = 0


def work():
    for _ in range(20):
        with LOCK:
            add()
        ${other}.add()


def add():
    global COUNT
    COUNT += 1


${SLOW_START}
import ${other}
`,
  };
}

/**
 * Two modules that import each other and have a lock each. All they define is defined before the import that closes
 * the circle, and no lock is held while something is imported: the two rules that keep threads out of trouble.
 */
export function planThreads(_: Environment, limits: Limits<typeof threadsLimits>): ThreadsPlan {
  return {
    modules: [half('harbour', 'tug'), half('tug', 'harbour')],
    threads: ['harbour', 'tug', 'harbour', 'tug'],
    // With 36 trials without a deadlock the upper end of the 95 % interval lies just below 10 %.
    trials: { least: 40, most: 400 },
    decisivePercent: limits.maxDeadlocks,
    atOnce: 2,
    patienceSeconds: 2,
    triesMs: 20_000,
  };
}
