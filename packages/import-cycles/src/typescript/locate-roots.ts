import { readdirSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { resolve } from 'node:path';
import { basename, dirname } from 'node:path/posix';
import { nearestName, UsageError } from '@seaworthy/scenario';
import type { DirectoryCache } from './directory-cache.ts';
import { isSourceFile } from './source-extensions.ts';

/** Where to look, in absolute paths with forward slashes. */
export interface LocatedRoots {
  readonly base: string;
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/** What marks the folder of a project: the base of the graph of a single file. */
const PROJECT_MARKS = ['package.json', 'tsconfig.json', 'jsconfig.json'];

/** Sorts roots into folders and entry files, and finds the folder that all paths are relative to. */
export function locateRoots(
  roots: readonly string[],
  base: string | undefined,
  cache: DirectoryCache,
): LocatedRoots {
  if (roots.length === 0) {
    throw new UsageError(
      'NO_PATHS',
      'No path was given to look for TypeScript or JavaScript in. Name at least one folder or file.',
    );
  }
  const folders: string[] = [];
  const files: string[] = [];
  const given = new Set(roots.map((root) => absolute(root, base)));
  for (const root of given) (isFolder(root) ? folders : files).push(root);
  for (const file of files) requireSource(file);
  const own = [...folders, ...files.map((file) => projectFolderOf(file, cache))];
  return { base: base === undefined ? commonFolder(own) : absolute(base, undefined), folders, files };
}

/** The absolute path of the config that the caller names, or of the one in the folder that the caller names. */
export function explicitConfig(path: string | undefined, base: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const given = absolute(path, base);
  if (!isFolder(given)) return given;
  const inside = `${given}/tsconfig.json`;
  demandPath(inside);
  return inside;
}

function absolute(path: string, base: string | undefined): string {
  return resolve(base ?? '.', path).replaceAll('\\', '/');
}

/** Whether a path is a folder, not a file; a path that is not there is the user's mistake. */
function isFolder(path: string): boolean {
  return demandPath(path).isDirectory();
}

/** @throws UsageError where there is no such path, or it cannot be read */
function demandPath(path: string): Stats {
  try {
    return statSync(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') {
      const message = `${path} cannot be read (${code}). Check its permissions.`;
      throw new UsageError('PATH_UNREADABLE', message, { cause });
    }
    const near = nearestName(basename(path), siblingsOf(path));
    const hint = near === undefined ? 'Check the path.' : `Did you mean ${dirname(path)}/${near}?`;
    throw new UsageError('PATH_NOT_FOUND', `${path} does not exist. ${hint}`, { cause });
  }
}

function siblingsOf(path: string): string[] {
  try {
    return readdirSync(dirname(path));
  } catch {
    return [];
  }
}

function requireSource(file: string): void {
  if (isSourceFile(file)) return;
  throw new UsageError(
    'NOT_A_SOURCE_FILE',
    `${file} is neither TypeScript nor JavaScript. Name a folder, or a file that ends in .ts, .tsx, .mts, .cts, .js, .jsx, .mjs or .cjs.`,
  );
}

function projectFolderOf(file: string, cache: DirectoryCache): string {
  for (let folder = dirname(file); folder !== '/' && folder !== '.'; folder = dirname(folder)) {
    if (PROJECT_MARKS.some((mark) => cache.fileExists(`${folder}/${mark}`))) return folder;
  }
  return dirname(file);
}

function commonFolder(folders: readonly string[]): string {
  const [first = [], ...others] = folders.map((folder) => folder.split('/'));
  let length = first.length;
  for (const other of others) {
    let same = 0;
    while (same < length && first[same] === other[same]) same++;
    length = same;
  }
  return first.slice(0, length).join('/') || '/';
}
