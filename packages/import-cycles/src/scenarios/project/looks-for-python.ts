import { readdirSync, realpathSync, statSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { basename, join } from 'node:path';
import { Exclusion } from '../../python/discovery/exclusion.ts';

/** So many folder entries are looked at: enough to be sure for small projects, and a few ms for any. */
const MOST_ENTRIES = 5000;

/**
 * Whether there may be a Python file in one of the paths, besides what the analysis passes over. Cheap: it stops at the
 * first one, and gives the benefit of the doubt when it has looked at many entries. Also to paths that do not exist: the
 * analysis says what is wrong.
 *
 * @param paths absolute
 * @param base absolute folder that the globs of `exclude` are relative to
 */
export function mayHavePython(paths: readonly string[], base: string, exclude: readonly string[]): boolean {
  const exclusion = new Exclusion(base, exclude);
  const folders: string[] = [];
  for (const path of paths) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined || !stats.isDirectory()) return true;
    folders.push(path);
  }
  const starts = folders.length;
  const entered = new Set<string>();
  let seen = 0;
  for (let next = 0; next < folders.length; next++) {
    const folder = folders[next]!;
    const entries = entriesOf(folder, entered);
    const names = new Set(entries.map(({ name }) => name));
    if (next >= starts && exclusion.skipsContent(basename(folder), (file) => names.has(file))) continue;
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (++seen > MOST_ENTRIES) return true;
      if (exclusion.excludes(path, entry.name)) continue;
      if (isFolder(entry, path)) {
        if (!exclusion.skipsFolder(entry.name)) folders.push(path);
      } else if (/\.pyi?$/.test(entry.name)) return true;
    }
  }
  return false;
}

function isFolder(entry: Dirent, path: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  try {
    return statSync(path).isDirectory();
  } catch {
    return false; // Leads nowhere.
  }
}

/** What is in a folder; nothing where it cannot be read, or was entered by another link. */
function entriesOf(folder: string, entered: Set<string>): readonly Dirent[] {
  try {
    const real = realpathSync(folder);
    if (entered.has(real)) return [];
    entered.add(real);
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
