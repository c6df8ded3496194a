import { chmodSync, lstatSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { unescapeMountPath } from '../files/mount-path.ts';
import { OWNER_FILE } from './owner-file.ts';

/**
 * Removes a folder that this user owns, with all that is in it. Symbolic links in it are removed, never followed; what is
 * mounted below it is not touched. The owner file goes last, so that a removal that is cut short can be taken
 * up again. Does nothing where there is no such folder.
 *
 * @throws where it is not a folder of this user's, where something is mounted below it, or where it cannot be removed.
 */
export async function removeFolder(folder: string): Promise<void> {
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (!stat.isDirectory()) throw new Error(`Expected a folder at ${folder}, found something else`);
  if (stat.uid !== process.getuid?.()) throw new Error(`The folder ${folder} belongs to another user`);
  const mount = findMountBelow(folder);
  if (mount !== undefined) throw new Error(`Cannot remove ${folder}: something is mounted at ${mount}`);

  const names = readdirSync(folder).sort((a, b) => Number(a === OWNER_FILE) - Number(b === OWNER_FILE));
  for (const name of names) await removeEntry(join(folder, name));
  try {
    rmdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

async function removeEntry(path: string): Promise<void> {
  const options = { recursive: true, force: true, maxRetries: 3, retryDelay: 50 };
  try {
    await rm(path, options);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EPERM') throw error;
    openUp(path);
    await rm(path, options);
  }
}

/** Gives the owner back the rights on folders that a test took away: without them their entries cannot be removed. */
function openUp(path: string): void {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory() !== true) return;
  chmodSync(path, 0o700);
  for (const name of readdirSync(path)) openUp(join(path, name));
}

function findMountBelow(folder: string): string | undefined {
  let mounts: string;
  try {
    mounts = readFileSync('/proc/self/mountinfo', 'utf8');
  } catch {
    return undefined; // No such table outside of Linux.
  }
  return mounts
    .split('\n')
    .map((line) => unescapeMountPath(line.split(' ')[4] ?? ''))
    .find((point) => point.startsWith(folder + sep));
}
