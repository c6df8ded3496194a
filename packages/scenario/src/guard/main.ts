/**
 * The guard process: outlives the tool, and removes what is left of its run. Its standard input is a pipe that the
 * tool holds open and never writes to, except for `done` when nothing is left; the kernel closes it however the tool
 * went. Arguments: the run's folder and id.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_END_OPTIONS } from '../process/end-processes.ts';
import { removeRun } from '../workspace/remove-run.ts';

const ATTEMPTS = 10;
const PAUSE_MS = 1_000;

// It is in a session of its own, but whoever signals it by its number (a supervisor, a shutdown) must not stop it either.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.on(signal, () => {});

const [folder, runId] = process.argv.slice(2);
if (folder === undefined || runId === undefined)
  throw new TypeError('Expected the folder and the id of a run');

const farewell = await readAll();
for (let attempt = 1; farewell !== 'done' && attempt <= ATTEMPTS; attempt += 1) {
  const { failures } = await removeRun(folder, runId, {
    ...DEFAULT_END_OPTIONS,
    trustLeaderlessGroups: true,
  });
  if (failures.length === 0) break;
  await sleep(PAUSE_MS);
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
