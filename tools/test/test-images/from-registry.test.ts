import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { connectEngine } from '@seaworthy/container-engine';
import type { EngineEndpoint } from '@seaworthy/scenario';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ask, askJson } from '../../src/engine/engine-requests.ts';
import { readArchive } from '../../src/test-images/archive.ts';
import { registrySource } from '../../src/test-images/from-registry.ts';
import { draftLabels, sweepDrafts } from '../../src/test-images/sweep-drafts.ts';

let engine: EngineEndpoint;
let folder: string;
beforeEach(async () => {
  engine = (await connectEngine()).endpoint;
  folder = await mkdtemp(join(tmpdir(), 'seaworthy-draft-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function drafts(): Promise<number> {
  const filters = encodeURIComponent(JSON.stringify({ reference: ['seaworthy-test/draft'] }));
  return (await askJson<unknown[]>(engine, { path: `/images/json?filters=${filters}` })).length;
}

it('keeps the files of what the engine built, and none of its images', async () => {
  const source = registrySource('FROM seaworthy-test/tiny\nRUN echo built > /mark\n');
  const archive = join(folder, '../', `${String(process.pid)}.tar.zst`);
  try {
    expect(await source.fill({ engine, folder, archive })).toBeUndefined();
    const listing = execa`tar -t`;
    await pipeline(readArchive(archive), listing.writable());
    expect((await listing).stdout.split('\n')).toEqual(expect.arrayContaining(['bin/sh', 'mark']));
    expect(await drafts()).toBe(0);
  } finally {
    await rm(archive, { force: true });
  }
});

it('says why in a line where the base cannot be had', async () => {
  const source = registrySource('FROM registry.invalid/none\n');
  const problem = await source.fill({ engine, folder, archive: join(folder, 'archive') });
  expect(problem).toMatch(/registry\.invalid/);
  expect(await readdir(folder)).toEqual(['Dockerfile']);
});

it('removes the container that a build left when it was killed, and none of a build that goes on', async () => {
  const create = async (pid: number) => {
    const body = { Image: 'seaworthy-test/tiny', Cmd: ['never-run'], Labels: draftLabels(pid) };
    const path = '/containers/create';
    return (await askJson<{ Id: string }>(engine, { method: 'POST', path, body })).Id;
  };
  const [left, ours] = [await create(2 ** 31 - 1), await create(process.pid)];
  try {
    await sweepDrafts(engine);
    const listed = await askJson<{ Id: string }[]>(engine, { path: '/containers/json?all=1' });
    const ids = listed.map(({ Id }) => Id);
    expect(ids).toContain(ours);
    expect(ids).not.toContain(left);
  } finally {
    for (const id of [left, ours]) {
      await ask(engine, { method: 'DELETE', path: `/containers/${id}?force=1` }).catch(() => undefined);
    }
  }
});
