import { lstat, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TreeFile } from '../tree-file.ts';
import { forEachBounded } from './for-each-bounded.ts';
import { stampedAt } from './tree-stamp.ts';

export interface Damage {
  /** Missing, of another size, or touched after the tree was stamped. */
  readonly files: readonly TreeFile[];
  /** Absolute paths of what was added and changes what pytest collects. */
  readonly added: readonly string[];
  readonly stamped: boolean;
}

const AT_ONCE = 16;

/**
 * What is not as it was written, without reading a file: by sizes and times. Bytecode, caches of pytest and the like may have
 * come since.
 */
export async function findDamage(root: string, files: readonly TreeFile[], digest: string): Promise<Damage> {
  const stamp = await stampedAt(root, digest);
  const damaged: TreeFile[] = [];
  await forEachBounded(files, AT_ONCE, async (file) => {
    const found = await lstat(join(root, file.path)).catch(() => undefined);
    const isIntact =
      found?.isFile() === true &&
      found.size === Buffer.byteLength(file.content) &&
      found.mtimeMs <= (stamp ?? 0);
    if (!isIntact) damaged.push(file);
  });
  return { files: damaged, added: await findAdded(root, files), stamped: stamp !== undefined };
}

async function findAdded(root: string, files: readonly TreeFile[]): Promise<readonly string[]> {
  const expected = new Set(files.map(({ path }) => path));
  const folders = new Set(files.flatMap(({ path }) => foldersOf(path)));
  const added: string[] = [];
  await forEachBounded(folders, AT_ONCE, async (folder) => {
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
    for (const { name } of entries) {
      const path = folder === '.' ? name : `${folder}/${name}`;
      const isMeant = expected.has(path) || folders.has(path);
      if (!isMeant && changesCollection(name)) added.push(join(root, path));
    }
  });
  return added;
}

/** All folders that a file lies in, `.` the last. */
function foldersOf(path: string): string[] {
  const folder = dirname(path);
  return folder === '.' ? [folder] : [folder, ...foldersOf(folder)];
}

/** Python files, configuration, and folders in which there may be more of either. */
function changesCollection(name: string): boolean {
  if (name === '__pycache__' || name.startsWith('.')) return false;
  return !/\.[a-z]+$/.test(name) || /\.(py|ini|toml|cfg|pth)$/.test(name);
}
