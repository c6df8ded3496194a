import { setTimeout as sleep } from 'node:timers/promises';
import type { Undoable } from '../workspace/workspace.ts';
import { nameOfRun } from '../workspace/run-id.ts';
import { RUN_LABEL } from './run-label.ts';
import { askEngine, type EngineAnswer } from './ask-engine.ts';

const LOOK_MS = 8_000;
/** An engine waits for the end of what it kills, which takes long on a machine that is short of memory. */
const REMOVE_MS = 30_000;
/** An engine finishes a create whose client is gone, and only then the container can be found. */
const LINGER_MS = 3_000;
const GIVE_UP_MS = 20_000;
const PAUSE_MS = 50;

interface Inspected {
  readonly Id?: string;
  readonly Name?: string;
  readonly Config?: { readonly Labels?: Readonly<Record<string, string>> | null };
}

/**
 * Kills and removes a container with its anonymous volumes. One that is not there is looked for again for 3 s, since
 * the engine may still be making it.
 *
 * @throws where the engine does not answer, where a container of that name is not the run's, or where it stays.
 */
export async function removeContainer(
  { endpoint, name }: Extract<Undoable, { kind: 'container' }>,
  runId: string,
): Promise<void> {
  const ask = (method: 'GET' | 'DELETE', path: string): Promise<EngineAnswer> =>
    askEngine(endpoint, method, path, method === 'GET' ? LOOK_MS : REMOVE_MS);
  const start = performance.now();
  let seen = false;
  for (;;) {
    const elapsed = performance.now() - start;
    const found = await ask('GET', `/containers/${encodeURIComponent(name)}/json`);
    if (found.status === 404) {
      if (seen || elapsed > LINGER_MS) return;
    } else if (found.status === 200) {
      seen = true;
      const id = demandOurs(found.text, name, runId);
      const { status, text } = await ask('DELETE', `/containers/${id}?force=1&v=1`);
      if (status === 204 || status === 200 || status === 404) return;
      // 409: somebody else is removing it just now. Others may pass: a daemon that is about to start again, say.
      if (elapsed > GIVE_UP_MS) throw new Error(`Could not remove container ${name}: ${text.trim()}`);
    } else if (elapsed > GIVE_UP_MS) {
      throw new Error(`Could not look for container ${name}: ${found.text.trim()}`);
    }
    await sleep(PAUSE_MS);
  }
}

/** By name and by label, so that no mistake in a ledger removes what no run made. Returns its id. */
function demandOurs(text: string, name: string, runId: string): string {
  const { Id, Name, Config } = JSON.parse(text) as Inspected;
  const named = Name?.replace(/^\//, '') === name && name.startsWith(`${nameOfRun(runId)}-`);
  if (!named || Config?.Labels?.[RUN_LABEL] !== runId || Id === undefined) {
    throw new Error(`The container ${name} is not of run ${runId}: its label ${RUN_LABEL} does not say so`);
  }
  return Id;
}
