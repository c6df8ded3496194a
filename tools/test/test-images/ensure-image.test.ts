import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectEngine } from '@seaworthy/container-engine';
import type { EngineEndpoint } from '@seaworthy/scenario';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, askJson } from '../../src/engine/engine-requests.ts';
import { archiveOf, keepArchive } from '../../src/test-images/archive.ts';
import { inspectImage } from '../../src/test-images/engine-images.ts';
import { digestOf, ensureImage } from '../../src/test-images/ensure-image.ts';
import type { FileSource, TestImage } from '../../src/test-images/test-image.ts';

const repository = `seaworthy-test/small-${String(process.pid)}`;
let engine: EngineEndpoint;
let cache: string;
beforeEach(async () => {
  engine = (await connectEngine()).endpoint;
  cache = await mkdtemp(join(tmpdir(), 'seaworthy-images-'));
});
afterEach(async () => {
  await forget();
  await rm(cache, { recursive: true });
});

async function forget(): Promise<void> {
  const filters = encodeURIComponent(JSON.stringify({ reference: [repository] }));
  const images = await askJson<{ Id: string }[]>(engine, { path: `/images/json?filters=${filters}` });
  for (const { Id } of images) await ask(engine, { method: 'DELETE', path: `/images/${Id}?force=1` });
}

function source(name: string, text: string): FileSource {
  return {
    name,
    async fill({ folder, archive }) {
      await mkdir(join(folder, 'root'));
      await writeFile(join(folder, 'root/content'), text);
      await keepArchive(archiveOf(join(folder, 'root')), archive);
      return undefined;
    },
  };
}

const failing: FileSource = { name: 'nothing', fill: () => Promise.resolve('it never works') };
const breaking: FileSource = {
  name: 'broken',
  fill: () => keepArchive(archiveOf('/no/such/folder'), join(cache, 'broken')).then(() => undefined),
};

function image(recipe: string, ...sources: FileSource[]): TestImage {
  return { repository, recipe, changes: ['ENV MARK=here', 'CMD ["/content"]'], sources };
}

describe('ensureImage', () => {
  it('makes an image in the first way that works, then finds it, then imports what was kept', async () => {
    const made = image('one', failing, source('by hand', 'text'), source('later', 'other'));
    expect((await ensureImage(engine, made, cache)).how).toBe('by hand');
    expect((await ensureImage(engine, made, cache)).how).toBe('here');
    await forget();
    expect((await ensureImage(engine, made, cache)).how).toBe('imported');
    const facts = await askJson<{ Config: { Env: string[]; Cmd: string[] } }>(engine, {
      path: `/images/${repository}:latest/json`,
    });
    expect(facts.Config).toMatchObject({ Env: ['MARK=here'], Cmd: ['/content'] });
  });

  it('makes it anew when its recipe changes, and keeps no file of the former', async () => {
    await ensureImage(engine, image('one', source('by hand', 'text')), cache);
    const before = await inspectImage(engine, `${repository}:latest`);
    const changed = image('two', source('by hand', 'other text'));
    expect((await ensureImage(engine, changed, cache)).how).toBe('by hand');
    expect((await inspectImage(engine, `${repository}:latest`))?.Id).not.toBe(before?.Id);
    expect(await readdir(cache)).toEqual([`small-${String(process.pid)}-${digestOf(changed)}.tar.zst`]);
  });

  it('says what each way said where none works, and leaves nothing', async () => {
    await expect(ensureImage(engine, image('one', failing, failing), cache)).rejects.toThrow(
      `${repository} could not be made:\n  nothing: it never works\n  nothing: it never works`,
    );
    expect(await readdir(cache)).toEqual([]);
  });

  it('keeps nothing of a way that breaks in the middle, and removes what a killed run left', async () => {
    const left = join(cache, `.small-${String(process.pid)}-left`);
    await mkdir(left);
    await expect(ensureImage(engine, image('one', breaking), cache)).rejects.toThrow('tar');
    expect(existsSync(left)).toBe(false);
    expect(await inspectImage(engine, `${repository}:latest`)).toBeUndefined();
  });
});
