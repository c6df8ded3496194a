import { readdirSync, statSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { join, resolve } from 'node:path';
import { isEnvironment, isForeignFolder } from './foreign-folders.ts';
import type { Language } from './model/import-graph.ts';

const PYTHON = /\.pyi?$/;
const TYPESCRIPT = /\.[cm]?[jt]sx?$/;
/** What builds write. */
const OUTPUT: ReadonlySet<string> = new Set(['dist', 'build']);

/** So many entries are looked at: what a project is written in shows long before. */
const MOST_ENTRIES = 20_000;

/** Which language most sources below the roots are written in; Python where none or as many are. */
export function detectLanguage(roots: readonly string[], base = '.'): Language {
  const count: Record<Language, number> = { python: 0, typescript: 0 };
  const folders: string[] = [];
  for (const root of roots) {
    const path = resolve(base, root);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) folders.push(path);
    else tally(path, count);
  }
  // Breadth first, so that the bound is not spent on one deep folder.
  let seen = 0;
  for (let next = 0; next < folders.length && seen < MOST_ENTRIES; next++) {
    const entries = list(folders[next]!);
    const names = new Set(entries.map(({ name }) => name));
    if (isEnvironment((file) => names.has(file))) continue;
    for (const entry of entries) {
      seen++;
      if (entry.isFile()) tally(entry.name, count);
      else if (entry.isDirectory() && !isForeignFolder(entry.name) && !OUTPUT.has(entry.name)) {
        folders.push(join(folders[next]!, entry.name));
      }
    }
  }
  return count.typescript > count.python ? 'typescript' : 'python';
}

function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // Whoever builds the graph reports a folder that cannot be read.
    return [];
  }
}

function tally(name: string, count: Record<Language, number>): void {
  if (PYTHON.test(name)) count.python++;
  else if (TYPESCRIPT.test(name)) count.typescript++;
}
