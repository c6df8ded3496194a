import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { EngineEndpoint } from '@seaworthy/scenario';
import { ask, follow } from '../engine/engine-requests.ts';
import { readArchive } from './archive.ts';
import { inspectImage } from './engine-images.ts';
import type { TestImage } from './test-image.ts';

export interface EnsuredImage {
  /** `here`: the engine had it; `imported` from the kept archive; else the way in which it was made. */
  readonly how: string;
  readonly bytes: number;
}

/**
 * Makes sure that the engine has an image, as `repository:latest` and under the digest of its recipe. Its files are kept in a
 * folder, so that another engine has it within seconds.
 *
 * @throws Error with what each way said, where none led to it
 */
export async function ensureImage(
  engine: EngineEndpoint,
  image: TestImage,
  cache: string,
): Promise<EnsuredImage> {
  const digest = digestOf(image);
  const name = `${image.repository}:${digest}`;
  const archive = join(cache, `${basename(image.repository)}-${digest}.tar.zst`);
  let how = 'here';
  if ((await inspectImage(engine, name)) === undefined) {
    how = existsSync(archive) ? 'imported' : await make(engine, image, archive);
    const query = new URLSearchParams({ fromSrc: '-', repo: image.repository, tag: digest });
    for (const change of image.changes) query.append('changes', change);
    await follow(engine, {
      method: 'POST',
      path: `/images/create?${query.toString()}`,
      body: readArchive(archive),
    });
  }
  const tag = new URLSearchParams({ repo: image.repository, tag: 'latest' });
  await ask(engine, { method: 'POST', path: `/images/${name}/tag?${tag.toString()}` });
  return { how, bytes: (await inspectImage(engine, name))?.Size ?? 0 };
}

/** Twelve digits of what the recipe and the kind of machine make. */
export function digestOf({ recipe, changes }: TestImage): string {
  return createHash('sha256')
    .update(JSON.stringify([recipe, changes, process.arch]))
    .digest('hex')
    .slice(0, 12);
}

/** @returns the name of the way that led there */
async function make(engine: EngineEndpoint, image: TestImage, archive: string): Promise<string> {
  const cache = join(archive, '..');
  await mkdir(cache, { recursive: true });
  await sweep(cache, basename(image.repository));
  const problems: string[] = [];
  for (const source of image.sources) {
    const folder = await mkdtemp(join(cache, `.${basename(image.repository)}-`));
    const draft = `${folder}.tar.zst`;
    try {
      const problem = await source.fill({ engine, folder, archive: draft });
      if (problem === undefined) {
        await rename(draft, archive);
        return source.name;
      }
      problems.push(`  ${source.name}: ${problem}`);
    } finally {
      await rm(folder, { recursive: true, force: true });
      await rm(draft, { force: true });
    }
  }
  throw new Error(`${image.repository} could not be made:\n${problems.join('\n')}`);
}

/** Drafts of runs that were killed, and archives of former recipes. Nobody else makes this image meanwhile. */
async function sweep(cache: string, image: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (name.startsWith(`.${image}-`) || name.startsWith(`${image}-`)) {
      await rm(join(cache, name), { recursive: true, force: true });
    }
  }
}
