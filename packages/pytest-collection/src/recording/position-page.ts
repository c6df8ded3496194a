import { readFile, statfs } from 'node:fs/promises';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { getSystemErrorMap } from 'node:util';

/** The same as in python/seaworthy_collect/position.py. */
const SIZE = 4096;
const BROKEN_AT = SIZE - 1;

const NO_SPACE = 'no space left on device';

/** What the recorder keeps in a page of its own, which outlives it. */
export interface PositionPage {
  /** The innermost module that was being imported. */
  readonly importing?: string;
  /** Why the rows end before the run did, as the system says it. */
  readonly broken?: string;
}

/** @param path of the page */
export async function readPositionPage(path: string): Promise<PositionPage> {
  const page = await readFile(path).catch(() => undefined);
  // Nothing could be written at all; or Python never came to its recorder, which says nothing of the disk.
  if (page === undefined) return (await isFull(dirname(path))) ? { broken: NO_SPACE } : {};
  if (page.length < SIZE) return { broken: NO_SPACE };
  const error = page[BROKEN_AT] ?? 0;
  return {
    importing: page.toString('utf8', 0, page.indexOf(0)),
    ...(error === 0 ? {} : { broken: said(error) }),
  };
}

function said(error: number): string {
  // The one that Node has no words for
  if (error === constants.errno.EDQUOT) return 'disk quota exceeded';
  return getSystemErrorMap().get(-error)?.[1] ?? `unknown error ${error}`;
}

async function isFull(folder: string): Promise<boolean> {
  const free = await statfs(folder).catch(() => undefined);
  if (free === undefined) return false;
  return free.bavail * free.bsize < SIZE || (free.files > 0 && free.ffree === 0);
}
