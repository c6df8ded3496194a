import { lstat, readFile, rename, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

/** Written last into a tree: all that belongs to it is at least as old. pytest does not look at it. */
export const STAMP = '.seaworthy-tree';

export async function writeStamp(root: string, digest: string): Promise<void> {
  const draft = join(root, `${STAMP}.${randomUUID()}`);
  await writeFile(draft, `${digest}\n`);
  await rename(draft, join(root, STAMP));
}

/** When the tree was stamped, ms since 1970 by the file system's clock; `undefined` where it was not, or as another one. */
export async function stampedAt(root: string, digest: string): Promise<number | undefined> {
  try {
    const path = join(root, STAMP);
    const [content, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), lstat(path)]);
    return content === `${digest}\n` ? mtimeMs : undefined;
  } catch {
    return undefined;
  }
}
