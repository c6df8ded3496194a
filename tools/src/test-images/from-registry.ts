import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { EngineEndpoint } from '@seaworthy/scenario';
import { ask, askJson, follow } from '../engine/engine-requests.ts';
import { archiveOf, keepArchive } from './archive.ts';
import { draftLabels, sweepDrafts } from './sweep-drafts.ts';
import type { FileSource } from './test-image.ts';

/** Built by the engine from a public base, where it can reach a registry. */
export function registrySource(dockerfile: string): FileSource {
  return {
    name: 'an image of a registry',
    async fill({ engine, folder, archive }) {
      const draft = `seaworthy-test/draft:${basename(folder).replaceAll(/[^a-z0-9-]/g, '')}`;
      try {
        await sweepDrafts(engine);
        await writeFile(join(folder, 'Dockerfile'), dockerfile);
        // The engine's own network, since not every engine has a bridge.
        const query = new URLSearchParams({ t: draft, rm: '1', forcerm: '1', networkmode: 'host' });
        query.set('labels', JSON.stringify(draftLabels()));
        const path = `/build?${query.toString()}`;
        await follow(engine, { method: 'POST', path, body: archiveOf(folder) });
        await exportFiles(engine, draft, archive);
        return undefined;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      } finally {
        await ask(engine, { method: 'DELETE', path: `/images/${draft}` }).catch(() => undefined);
      }
    },
  };
}

async function exportFiles(engine: EngineEndpoint, image: string, archive: string): Promise<void> {
  const { Id } = await askJson<{ Id: string }>(engine, {
    method: 'POST',
    path: '/containers/create',
    body: { Image: image, Cmd: ['never-run'] },
  });
  try {
    await keepArchive(await ask(engine, { path: `/containers/${Id}/export` }), archive);
  } finally {
    await ask(engine, { method: 'DELETE', path: `/containers/${Id}?force=1` });
  }
}
