import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { connectEngine } from '@seaworthy/container-engine';
import type { EngineEndpoint } from '@seaworthy/scenario';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { askJson } from '../../src/engine/engine-requests.ts';
import { readArchive } from '../../src/test-images/archive.ts';
import { registrySource } from '../../src/test-images/from-registry.ts';

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
