import type { Stats } from 'node:fs';
import { readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** Where the content of a file is, or is going to be. */
export interface PlaceOfFile {
  /** Behind all symbolic links, so that a link stays one when the file is replaced. */
  readonly path: string;
  /** `undefined` where there is nothing yet. */
  readonly present: Stats | undefined;
}

/**
 * Follows symbolic links to a file, also to one that is not there yet: it is made where the link points, as by any
 * program that opens the link.
 *
 * @throws the error of the file system, such as `ELOOP`.
 */
export async function placeOfFile(file: string): Promise<PlaceOfFile> {
  const present = await ifThere(stat(file));
  // What is a pipe or a terminal has no path of its own behind /dev/stdout.
  if (present !== undefined && !present.isFile()) return { path: file, present };
  const path = await ifThere(realpath(file));
  if (path !== undefined) return { path, present };
  const folder = await ifThere(realpath(dirname(file)));
  if (folder === undefined) return { path: file, present };
  const here = join(folder, basename(file));
  const target = await readlink(here).catch(() => undefined);
  return target === undefined ? { path: here, present } : placeOfFile(resolve(folder, target));
}

async function ifThere<T>(looking: Promise<T>): Promise<T | undefined> {
  try {
    return await looking;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
