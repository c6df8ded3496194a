import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, type ProcessIdentity } from './process-identity.ts';

export interface EndOptions {
  /** How long processes may take to end by themselves after SIGTERM, in ms. */
  readonly graceMs: number;
  /** When to give up on processes that even SIGKILL does not end (stuck in the kernel), in ms since the start. */
  readonly giveUpMs: number;
}

export interface EndReport {
  /** How many processes were told to end. */
  readonly ended: number;
  /** The ones that are still there. */
  readonly survivors: readonly number[];
}

export const DEFAULT_END_OPTIONS: EndOptions = { graceMs: 500, giveUpMs: 10_000 };

const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 50;

/**
 * Ends all processes that `find` returns, and returns when it finds none any more: SIGTERM first (with SIGCONT, since
 * a stopped process would not notice), SIGKILL for whatever is there after the time of grace. It looks again and
 * again, because processes fork while they are being looked at; one look that finds nothing is not believed.
 */
export async function endProcesses(
  find: () => readonly ProcessIdentity[],
  options: EndOptions,
): Promise<EndReport> {
  const start = performance.now();
  const told = new Set<string>();
  let pause = FIRST_PAUSE_MS;
  for (let cleanLooks = 0; cleanLooks < 2;) {
    const found = find();
    const elapsed = performance.now() - start;
    if (found.length > 0 && elapsed > options.giveUpMs) {
      return { ended: told.size, survivors: found.map((entry) => entry.pid) };
    }
    cleanLooks = found.length === 0 ? cleanLooks + 1 : 0;
    for (const entry of found) {
      const key = `${entry.pid}:${entry.startTime}`;
      if (elapsed >= options.graceMs) send(entry, 'SIGKILL');
      else if (!told.has(key) && send(entry, 'SIGTERM')) send(entry, 'SIGCONT');
      told.add(key);
    }
    if (cleanLooks < 2) await sleep(pause);
    pause = cleanLooks > 0 ? FIRST_PAUSE_MS : Math.min(pause * 1.5, LONGEST_PAUSE_MS);
  }
  return { ended: told.size, survivors: [] };
}

/** Looks at the start time once more right before, so that a number that was given away is not hit. */
function send(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  if (!isAlive(identity)) return false;
  try {
    return process.kill(identity.pid, signal);
  } catch {
    return false;
  }
}
