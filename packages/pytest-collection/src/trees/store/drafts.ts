import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const PATTERN = /^\.[0-9a-f]{64}\.[0-9a-f-]{36}\.draft$/;
/** Nobody writes at a tree for so long: whoever began it was killed. */
const ABANDONED_MS = 60 * 60 * 1000;

/** Where a tree is written before it takes its place: beside it, on the same file system. */
export function draftOf(root: string): string {
  return join(dirname(root), `.${basename(root)}.${randomUUID()}.draft`);
}

/** Removes drafts whose writers were killed. */
export async function sweepDrafts(cacheFolder: string): Promise<void> {
  const names = (await readdir(cacheFolder)).filter((name) => PATTERN.test(name));
  for (const name of names) {
    const path = join(cacheFolder, name);
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > ABANDONED_MS) {
      await rm(path, { recursive: true, force: true });
    }
  }
}
