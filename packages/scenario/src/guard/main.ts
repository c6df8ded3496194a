/**
 * The guard process: outlives the tool, and removes what is left of its run. Its standard input is a pipe that the
 * tool holds open and never writes to, except for `done` when nothing is left; the kernel closes it however the tool
 * went. Arguments: the run's folder and id, and `second` where it takes over from a guard that was killed.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_END_OPTIONS } from '../process/end-processes.ts';
import { identify, isAlive } from '../process/process-identity.ts';
import { readOwner, writeOwner } from '../workspace/owner-file.ts';
import { removeRun } from '../workspace/remove-run.ts';

/** Long enough for a container engine that is started again, or that hangs for a while. */
const PATIENCE_MS = { guard: 600_000, second: 60_000 };
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

// It is in a session of its own, but whoever signals it by its number (a supervisor, a shutdown) must not stop it either.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.on(signal, () => {});

const [folder, runId, role = 'guard'] = process.argv.slice(2);
if (folder === undefined || runId === undefined)
  throw new TypeError('Expected the folder and the id of a run');

const farewell = await readAll();
if (role === 'second') becomeGuard(folder);
const giveUpAt = performance.now() + PATIENCE_MS[role === 'second' ? 'second' : 'guard'];
for (let pause = FIRST_PAUSE_MS; farewell !== 'done'; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
  const { failures } = await removeRun(folder, runId, {
    ...DEFAULT_END_OPTIONS,
    trustLeaderlessGroups: true,
    // A system without a free file descriptor, a disk that fails: it may pass, and nobody else would do the work.
  }).catch((error: unknown) => ({ failures: [error] }));
  if (failures.length === 0 || performance.now() > giveUpAt) break;
  await sleep(pause);
}

/** So that a sweep leaves the work to it. */
function becomeGuard(place: string): void {
  const owner = readOwner(place);
  const guard = identify(process.pid);
  if (owner === undefined || guard === undefined) return;
  if (owner.guard !== undefined && isAlive(owner.guard)) return; // It only takes long.
  try {
    writeOwner(place, { ...owner, guard });
  } catch {
    // A sweep may then do the work beside it, which is harmless.
  }
}

async function readAll(): Promise<string> {
  let text = '';
  try {
    for await (const chunk of process.stdin) text += String(chunk);
  } catch {
    // A connection that breaks is a tool that is gone.
  }
  return text;
}
