import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { UsageError } from '@seaworthy/scenario';
import type { TreeFile } from '../tree-file.ts';
import { draftOf, sweepDrafts } from './drafts.ts';
import { findDamage } from './find-damage.ts';
import type { Damage } from './find-damage.ts';
import { writeFiles } from './write-files.ts';
import { writeStamp } from './tree-stamp.ts';

export interface StoredTree {
  /** Absolute. */
  readonly root: string;
  readonly reused: boolean;
}

/**
 * Puts a tree at `<cacheFolder>/<digest>`: under another name first, which takes its place when all of it is there. What is
 * there already is used when nothing is wrong with it, and mended in place otherwise, since a pytest may be at work in it.
 *
 * @throws UsageError `CANNOT_WRITE`
 */
export async function storeTree(
  files: readonly TreeFile[],
  digest: string,
  cacheFolder: string,
): Promise<StoredTree> {
  if (!isAbsolute(cacheFolder)) {
    throw new UsageError(
      'BAD_TREE',
      `Expected an absolute path of a folder for trees, got ${JSON.stringify(cacheFolder)}`,
    );
  }
  const root = join(cacheFolder, digest);
  try {
    const isNew = !(await exists(root)) && (await writeNew(files, digest, root));
    if (isNew) return { root, reused: false };
    const damage = await findDamage(root, files, digest);
    if (isNone(damage)) return { root, reused: true };
    await mend(root, damage, digest);
    return { root, reused: false };
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new UsageError(
      'CANNOT_WRITE',
      `Cannot write a tree of test files below ${JSON.stringify(cacheFolder)}: ${reason}`,
      {
        cause,
      },
    );
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const isNone = ({ files, added, stamped }: Damage): boolean =>
  stamped && files.length === 0 && added.length === 0;

/** `false`: somebody else was faster. */
async function writeNew(files: readonly TreeFile[], digest: string, root: string): Promise<boolean> {
  await mkdir(dirname(root), { recursive: true });
  await sweepDrafts(dirname(root));
  const draft = draftOf(root);
  try {
    await writeFiles(draft, files);
    await writeStamp(draft, digest);
    await rename(draft, root);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Each file by itself and whole, so that several who mend at once do each other no harm. */
async function mend(root: string, damage: Damage, digest: string): Promise<void> {
  for (const path of damage.added) await rm(path, { recursive: true, force: true });
  const draft = join(root, `.seaworthy-mending-${randomUUID()}`);
  try {
    await writeFiles(draft, damage.files);
    for (const { path } of damage.files) await replace(join(draft, path), join(root, path));
    await writeStamp(root, digest);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function replace(source: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  // Bytecode of what stood there could pass for that of the new file: Python compares sizes, and times in whole seconds.
  await rm(join(dirname(target), '__pycache__'), { recursive: true, force: true });
  await rename(source, target).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EISDIR') throw error;
    await rm(target, { recursive: true, force: true });
    await rename(source, target);
  });
}
