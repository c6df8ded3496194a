import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

/** What the name of every cache begins with. */
export const CACHE_PREFIX = 'python-imports-';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Projects that nobody has analysed for so long are analysed anew. */
const KEPT_MS = 30 * DAY_MS;

/** Notes that a cache was used, if that was not noted today; its content may stay the same for months. */
export function keepAlive(path: string, nowMs: number): void {
  const now = new Date(nowMs);
  try {
    if (nowMs - statSync(path).mtimeMs > DAY_MS) utimesSync(path, now, now);
  } catch {
    // A folder that cannot be written to is not pruned either.
  }
}

/**
 * Removes caches that were not used for thirty days: of other projects and sets of roots, and what a run that was killed
 * left half-written. Other files in the folder are not touched.
 *
 * @param inUse path of the cache that has just been written
 */
export function pruneCaches(folder: string, nowMs: number, inUse: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(CACHE_PREFIX)) continue;
    const path = join(folder, name);
    if (path === inUse) continue;
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isFile() && nowMs - stats.mtimeMs > KEPT_MS) rmSync(path, { force: true });
  }
}
