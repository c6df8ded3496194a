import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { nearestName, UsageError } from '@seaworthy/scenario';
import { statsOf } from '../stats-of.ts';

/** One place where sources are looked for. */
export interface Start {
  /** What would stand on `sys.path`. */
  readonly importRoot: string;
  /** Folder to walk, or the one file to read. */
  readonly path: string;
  readonly isFile: boolean;
  /** Dotted name of the folder from its import root; empty where it is the root. */
  readonly key: string;
}

/** Where to look, and what paths are relative to. */
export interface Starts {
  readonly base: string;
  readonly starts: readonly Start[];
}

const PROJECT_FILES = ['pyproject.toml', 'setup.py', 'setup.cfg'];

/**
 * Works out import roots from the given paths:
 * - a folder is an import root, and so is its `src` where it has one without `__init__` and looks like a project
 * - a folder with an `__init__` is a package: its root is the first folder above without one
 * - a file in a package stands for the outermost package around it; any other file stands for itself and what it imports from beside it
 */
export function findStarts(roots: readonly string[], base: string | undefined): Starts {
  if (roots.length === 0) {
    throw new UsageError(
      'NO_PATHS',
      'No path was given to look for Python sources in. Name at least one folder or file.',
    );
  }
  const starts: Start[] = [];
  const seen = new Set<string>();
  const given = roots.map((root) => resolve(base ?? '.', root));
  for (const path of given) {
    for (const start of startsOf(path, statOf(path))) {
      const identity = realpathSync(start.path);
      if (!seen.has(identity)) starts.push(start);
      seen.add(identity);
    }
  }
  const kept = starts.filter((start) => !starts.some((other) => covers(other, start)));
  return {
    base: base === undefined ? commonFolder(kept.map(({ importRoot }) => importRoot)) : resolve(base),
    starts: kept,
  };
}

function startsOf(path: string, stats: Stats): Start[] {
  const folder = stats.isDirectory() ? path : dirname(path);
  if (isPackage(folder)) {
    let top = folder;
    let key = basename(folder);
    while (isPackage(dirname(top)) && dirname(top) !== top) {
      top = dirname(top);
      key = `${basename(top)}.${key}`;
    }
    const importRoot = dirname(top);
    if (stats.isDirectory()) return [{ importRoot, path: folder, isFile: false, key }];
    return [{ importRoot, path: top, isFile: false, key: basename(top) }];
  }
  if (!stats.isDirectory()) return [{ importRoot: folder, path, isFile: true, key: '' }];
  const start = { importRoot: folder, path: folder, isFile: false, key: '' };
  const source = join(folder, 'src');
  if (!isImportRoot(folder, source)) return [start];
  return [{ importRoot: source, path: source, isFile: false, key: '' }, start];
}

function isPackage(folder: string): boolean {
  return existsSync(join(folder, '__init__.py')) || existsSync(join(folder, '__init__.pyi'));
}

function isImportRoot(project: string, source: string): boolean {
  if (!statsOf(source)?.isDirectory() || isPackage(source)) return false;
  if (PROJECT_FILES.some((file) => existsSync(join(project, file)))) return true;
  try {
    return readdirSync(source, { withFileTypes: true }).some(
      (entry) => entry.isDirectory() && isPackage(join(source, entry.name)),
    );
  } catch {
    // Unreadable: the walk reports it.
    return false;
  }
}

/** Whether walking `other` finds all that `start` would. */
function covers(other: Start, start: Start): boolean {
  return (
    other !== start &&
    !other.isFile &&
    other.importRoot === start.importRoot &&
    start.path !== other.path &&
    start.path.startsWith(other.path + sep)
  );
}

function statOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') {
      throw new UsageError('PATH_UNREADABLE', `${path} cannot be read (${code}). Check its permissions.`, {
        cause,
      });
    }
    const folder = dirname(path);
    const nearest = nearestName(basename(path), namesIn(folder));
    const hint = nearest === undefined ? 'Check the path.' : `Did you mean ${join(folder, nearest)}?`;
    throw new UsageError('PATH_NOT_FOUND', `${path} does not exist. ${hint}`, { cause });
  }
}

/** Nothing where it is no folder, or cannot be listed. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function commonFolder(folders: readonly string[]): string {
  let common = folders[0]!;
  for (const folder of folders) {
    while (folder !== common && !folder.startsWith(common.endsWith(sep) ? common : common + sep)) {
      common = dirname(common);
    }
  }
  return common;
}
