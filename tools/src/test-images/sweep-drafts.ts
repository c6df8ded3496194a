import { hostname } from 'node:os';
import type { EngineEndpoint } from '@seaworthy/scenario';
import { ask, askJson } from '../engine/engine-requests.ts';

/** Names who builds a draft: its machine and process. A container has the labels of its image. */
const LABEL = 'org.seaworthy.draft-of';

interface Labelled {
  readonly Id: string;
  readonly Labels: Readonly<Record<string, string>> | null;
}

export function draftLabels(pid: number = process.pid): Readonly<Record<string, string>> {
  return { [LABEL]: `${hostname()}/${String(pid)}` };
}

/** Removes what builds of this machine left in the engine when they were killed: containers, then images. */
export async function sweepDrafts(engine: EngineEndpoint): Promise<void> {
  const filters = encodeURIComponent(JSON.stringify({ label: [LABEL] }));
  for (const [kind, query] of [
    ['containers', 'force=1&v=1'],
    ['images', 'force=1'],
  ] as const) {
    const path = `/${kind}/json?all=1&filters=${filters}`;
    for (const { Id, Labels } of await askJson<Labelled[]>(engine, { path })) {
      if (!isLeft(Labels?.[LABEL] ?? '')) continue;
      // Layers of one that is removed go with it, and are not there any more when it is their turn.
      await ask(engine, { method: 'DELETE', path: `/${kind}/${Id}?${query}` }).catch(() => undefined);
    }
  }
}

function isLeft(builder: string): boolean {
  const [machine, pid] = builder.split('/');
  return machine === hostname() && pid !== undefined && !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
