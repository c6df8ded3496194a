import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TreeFile } from '../tree-file.ts';
import { forEachBounded } from './for-each-bounded.ts';

/** More at a time are no faster: Node has four threads for files by default. */
const AT_ONCE = 16;

/** Writes files below a folder that nobody else uses yet. */
export async function writeFiles(folder: string, files: readonly TreeFile[]): Promise<void> {
  const folders = new Set(files.map(({ path }) => dirname(path)));
  await forEachBounded(folders, AT_ONCE, async (path) => {
    await mkdir(join(folder, path), { recursive: true });
  });
  await forEachBounded(files, AT_ONCE, ({ path, content }) => writeFile(join(folder, path), content));
}
