import { readdirSync, statSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { join } from 'node:path';

const SKIPPED = /^(?:\..*|node_modules|__pycache__|site-packages|dist-packages|venv)$/;

/** So many folder entries are looked at: enough to be sure for small projects, and a few ms for any. */
const MOST_ENTRIES = 5000;

/**
 * Whether there may be a Python file in one of the paths. Cheap: it stops at the first one, and gives the benefit of
 * the doubt when it has looked at many entries. Also to paths that do not exist: the analysis says what is wrong.
 */
export function mayHavePython(paths: readonly string[]): boolean {
  const folders: string[] = [];
  for (const path of paths) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined || !stats.isDirectory()) return true;
    folders.push(path);
  }
  let seen = 0;
  for (let next = 0; next < folders.length; next++) {
    const folder = folders[next] ?? '';
    for (const entry of entriesOf(folder)) {
      if (++seen > MOST_ENTRIES || isPython(entry)) return true;
      if (entry.isDirectory() && !SKIPPED.test(entry.name)) folders.push(join(folder, entry.name));
    }
  }
  return false;
}

const isPython = (entry: Dirent): boolean => !entry.isDirectory() && /\.pyi?$/.test(entry.name);

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
