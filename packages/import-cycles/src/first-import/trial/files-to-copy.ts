import type { Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { UsageError } from '@seaworthy/scenario';
import type { ImportGraph } from '../../model/import-graph.ts';

/** Enough for packages with models and data in them; what is larger takes too long to copy, and may not fit the disk. */
export const LARGEST_COPY_BYTES: number = 1024 ** 3;

/** Folders that belong to tools, not to packages. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  '__pycache__',
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  '.venv',
  '.tox',
  '.nox',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
]);

/** How `filesToCopy` looks for files. */
export interface CopyLimits {
  /** Bytes of all files together; `LARGEST_COPY_BYTES` by default. */
  readonly largestBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What has to be copied for a graph's modules to be imported. All paths are absolute ones of the originals. */
export interface FilesToCopy {
  /** Regular files, and what links to files lead to. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
  /** Links back to a folder around them, and that folder, which is in `folders` too. */
  readonly loops: readonly { readonly link: string; readonly folder: string }[];
}

/**
 * Everything that lies beside a graph's modules in their packages, so that an import finds its data. Links count as what
 * they lead to, wherever that is, so that nothing in the copy leads to an original. Left out is what cannot be read.
 *
 * @throws UsageError `PROJECT_TOO_LARGE` where it is more than the limit
 */
export async function filesToCopy(graph: ImportGraph, limits: CopyLimits = {}): Promise<FilesToCopy> {
  const roots = new Set(graph.roots.map((root) => join(graph.base, root)));
  const search = new Search(limits);
  const whole = new Set<string>();
  for (const { path } of graph.modules) {
    const file = join(graph.base, path);
    const top = topBelow(file, roots);
    if (top === file) await search.addFile(file);
    else whole.add(top);
  }
  for (const top of whole) await search.addFolder(top, new Map());
  return {
    files: [...search.files],
    folders: [...search.folders],
    loops: search.loops,
  };
}

class Search {
  readonly files = new Set<string>();
  readonly folders = new Set<string>();
  readonly loops: { link: string; folder: string }[] = [];
  private readonly largestBytes: number;
  private readonly signal: AbortSignal | undefined;
  private largest: { readonly path: string; readonly size: number } | undefined;
  private bytes = 0;

  constructor({ largestBytes = LARGEST_COPY_BYTES, signal }: CopyLimits) {
    this.largestBytes = largestBytes;
    this.signal = signal;
  }

  async addFile(path: string, stats?: Stats): Promise<void> {
    if (this.files.has(path)) return;
    const { size } = stats ?? (await stat(path));
    this.files.add(path);
    this.bytes += size;
    if (this.largest === undefined || size > this.largest.size) this.largest = { path, size };
    if (this.bytes > this.largestBytes) throw this.tooLarge(this.largest);
  }

  /** @param around the folders that this one lies in, by where they really are */
  async addFolder(path: string, around: ReadonlyMap<string, string>): Promise<void> {
    this.signal?.throwIfAborted();
    if (this.folders.has(path)) return;
    const real = await realpath(path);
    const outer = around.get(real);
    if (outer !== undefined) {
      this.loops.push({ link: path, folder: outer });
      return;
    }
    const entries = await readdir(path, { withFileTypes: true }).catch(whereUnreadable);
    if (entries === undefined) return;
    this.folders.add(path);
    const inside = new Map([...around, [real, path]]);
    for (const entry of entries) {
      if (LEFT_OUT.has(entry.name)) continue;
      const below = join(path, entry.name);
      if (entry.isDirectory()) await this.addFolder(below, inside);
      else if (entry.isFile() || entry.isSymbolicLink()) await this.addFileOrLink(below, real, inside);
    }
  }

  private async addFileOrLink(
    path: string,
    folder: string,
    around: ReadonlyMap<string, string>,
  ): Promise<void> {
    const stats = await stat(path).catch(whereUnreadable);
    if (stats?.isFile()) return this.addFile(path, stats);
    if (!stats?.isDirectory()) return;
    const target = await realpath(path);
    // A link to what holds the packages would copy them into themselves; the analysis does not follow it either.
    if (!around.has(target) && `${folder}${sep}`.startsWith(`${target}${sep}`)) return;
    await this.addFolder(path, around);
  }

  private tooLarge({ path, size }: { readonly path: string; readonly size: number }): UsageError {
    return new UsageError(
      'PROJECT_TOO_LARGE',
      `Modules are tried on a copy of their packages, and these hold more than ${megabytes(this.largestBytes)} (${path} alone ${megabytes(size)}). ` +
        'Keep large data outside the packages, or analyse only those packages whose modules are to be tried',
    );
  }
}

function megabytes(bytes: number): string {
  return `${Math.max(1, Math.round(bytes / 1024 ** 2)).toLocaleString('en-GB')} MB`;
}

/** Gone since it was listed, a link that leads nowhere, or not to be read: no import can read it either. */
function whereUnreadable(error: NodeJS.ErrnoException): undefined {
  if (!['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP'].includes(error.code ?? '')) throw error;
  return undefined;
}

/** The entry of an import root that the file is, or lies below. */
function topBelow(file: string, roots: ReadonlySet<string>): string {
  let top = file;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (roots.has(folder)) return top;
    if (folder === dirname(folder)) return file;
    top = folder;
  }
}

/** How many folders above `base` the files reach. */
export function foldersAbove(base: string, paths: Iterable<string>): number {
  let most = 0;
  for (const path of paths) {
    const parts = relative(base, path).split(sep);
    const inside = parts.findIndex((part) => part !== '..');
    most = Math.max(most, inside < 0 ? parts.length : inside);
  }
  return most;
}
