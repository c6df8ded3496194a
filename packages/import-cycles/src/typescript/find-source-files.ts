import { realpathSync } from 'node:fs';
import { relative } from 'node:path/posix';
import type { Problem } from '../model/import-graph.ts';
import type { DirectoryCache } from './directory-cache.ts';
import type { IsLeftOut } from './left-out.ts';
import { isSourceFile } from './source-extensions.ts';

/** A file as found below a root, and where it really is when a link led to it. */
export interface FoundFile {
  readonly path: string;
  readonly real: string;
}

export interface FoundFiles {
  readonly files: readonly FoundFile[];
  /** Real paths of the `package.json` and `tsconfig*.json` on the way. */
  readonly manifests: readonly string[];
  readonly configs: readonly string[];
  readonly problems: readonly Problem[];
}

interface Folder {
  readonly path: string;
  readonly real: string;
}

/**
 * Walks the folders below `roots` (absolute paths) and collects source files, each once: a link to what the walk meets anyway
 * adds nothing, a link to a folder above itself is a problem, and any other link is followed.
 */
export function findSourceFiles(
  roots: readonly string[],
  base: string,
  cache: DirectoryCache,
  isLeftOut: IsLeftOut,
  signal: AbortSignal | undefined,
): FoundFiles {
  const files = new Map<string, FoundFile>();
  const manifests: string[] = [];
  const configs: string[] = [];
  const problems: Problem[] = [];
  const visited = new Set<string>();
  const linked: Folder[] = [];
  const pending: Folder[] = roots.map((path) => ({ path, real: cache.realpath(path) })).reverse();

  const visit = (folder: Folder): void => {
    if (visited.has(folder.real)) return;
    visited.add(folder.real);
    let entries;
    try {
      entries = cache.list(folder.real);
    } catch (error) {
      problems.push({
        kind: 'unreadable',
        path: relativeTo(base, folder.path) || '.',
        message: messageOf(error),
      });
      return;
    }
    for (const { name, type } of entries) {
      const entry = { path: join(folder.path, name), real: join(folder.real, name) };
      if (isLeftOut(relativeTo(base, entry.path), name, type === 'folder')) continue;
      if (type === 'folder') pending.push(entry);
      else if (type === 'link') linked.push(entry);
      else if (type === 'file') take(entry, name);
    }
  };

  const take = (file: FoundFile, name: string): void => {
    if (isSourceFile(name)) {
      if (!files.has(file.real)) files.set(file.real, file);
    } else if (name === 'package.json') manifests.push(file.real);
    else if (/^[jt]sconfig.*\.json$/.test(name)) configs.push(file.real);
  };

  const follow = (link: Folder): void => {
    const name = link.path.slice(link.path.lastIndexOf('/') + 1);
    let real: string;
    try {
      real = realpathSync.native(link.real).replaceAll('\\', '/');
    } catch (error) {
      // A link to a file that is gone imports nothing; editors leave such locks behind.
      if (isLoop(error)) loop(link, 'The link leads back to itself');
      return;
    }
    if (cache.fileExists(real)) take({ path: link.path, real }, name);
    else if (`${link.real}/`.startsWith(`${real}/`)) {
      loop(link, 'The link leads to a folder above itself and is not followed');
    } else if (!isLeftOut(relativeTo(base, link.path), name, true)) pending.push({ path: link.path, real });
  };

  const loop = (link: Folder, message: string): void => {
    problems.push({ kind: 'symlink-loop', path: relativeTo(base, link.path), message });
  };

  while (pending.length > 0 || linked.length > 0) {
    signal?.throwIfAborted();
    const folder = pending.pop();
    if (folder) visit(folder);
    else follow(linked.shift()!);
  }
  return { files: [...files.values()], manifests, configs, problems };
}

function join(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

/** `relative` for the common case of a path below the base, without splitting either. */
export function relativeTo(base: string, path: string): string {
  const prefix = base === '/' ? '/' : `${base}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : relative(base, path);
}

function isLoop(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ELOOP';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
