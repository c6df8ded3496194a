import { readdirSync, statSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { excludeGlobs } from './exclude-globs.ts';
import { isEnvironment, isForeignFolder } from './foreign-folders.ts';
import type { Language } from './model/import-graph.ts';

const PYTHON = /\.pyi?$/;
const TYPESCRIPT = /\.[cm]?[jt]sx?$/;

/** Where a build leaves what it made: what a project is written in does not show there. */
const OUTPUT = new Set(['build', 'dist', 'venv']);

/** So many entries are looked at: what a project is written in shows long before. */
const MOST_ENTRIES = 20_000;

/** Source files below some roots. */
export interface SourceCount extends Readonly<Record<Language, number>> {
  /** Whether all of them were counted: there is a bound. */
  readonly complete: boolean;
}

/** Which of two languages most sources are written in; Python where none or as many are. */
export function prevailingLanguage(count: SourceCount): Language {
  return count.typescript > count.python ? 'typescript' : 'python';
}

/**
 * Counts the source files of each language below the roots, by their names alone.
 *
 * @param options.base - What roots and the globs of `exclude` are relative to.
 */
export function countSources(
  roots: readonly string[],
  {
    base,
    exclude = [],
  }: { readonly base?: string | undefined; readonly exclude?: readonly string[] | undefined } = {},
): SourceCount {
  const count: Record<Language, number> = { python: 0, typescript: 0 };
  const folders: string[] = [];
  for (const root of roots) {
    const path = resolve(base ?? '.', root);
    if (isFolder(path)) folders.push(path);
    else tally(path, count);
  }
  const from = base === undefined && folders.length === 1 ? folders[0]! : resolve(base ?? '.');
  const isExcluded = excludeGlobs(exclude);
  const starts = folders.length;
  // Breadth first, so that the bound is not spent on one deep folder.
  let seen = 0;
  let next = 0;
  for (; next < folders.length && seen < MOST_ENTRIES; next++) {
    const entries = list(folders[next]!);
    if (next >= starts && isEnvironment((name) => entries.some((entry) => entry.name === name))) continue;
    for (const entry of entries) {
      seen++;
      const path = join(folders[next]!, entry.name);
      if (isExcluded(() => relative(from, path).split(sep).join('/'), entry.name)) continue;
      if (entry.isFile()) tally(entry.name, count);
      else if (entry.isDirectory() && !isForeignFolder(entry.name) && !OUTPUT.has(entry.name)) {
        folders.push(path);
      }
    }
  }
  return { ...count, complete: next === folders.length };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // Whoever builds the graph says what is wrong with the path.
    return false;
  }
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
