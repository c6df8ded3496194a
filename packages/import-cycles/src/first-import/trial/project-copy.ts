import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, realpath, rm, stat, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import type { ImportGraph } from '../../model/import-graph.ts';
import { filesToCopy, foldersAbove, type CopyLimits } from './files-to-copy.ts';

interface Copied {
  readonly from: string;
  readonly size: number;
  readonly modified: number;
  readonly changed: number;
}

/**
 * A copy of the packages that hold a graph's modules, in a temporary folder: what an import does to its own files, or by
 * relative paths, it does to the copy, in which no link leads out. (It can still write wherever an absolute path leads it.)
 * Where the file system can, files share their blocks with the originals until one of them is written to.
 */
export class ProjectCopy {
  /** Takes the place of `graph.base`. */
  readonly base: string;
  private readonly original: string;
  private readonly files = new Map<string, Copied>();
  private readonly folders = new Map<string, Set<string>>();

  private constructor(original: string, base: string) {
    this.original = original;
    this.base = base;
  }

  /**
   * @param folder an empty one
   * @throws UsageError `PROJECT_TOO_LARGE`
   */
  static async create(graph: ImportGraph, folder: string, limits: CopyLimits = {}): Promise<ProjectCopy> {
    const { files, folders, loops } = await filesToCopy(graph, limits);
    // Roots may lie above or beside the base; the copy holds them all.
    const depth = foldersAbove(graph.base, [...files, ...folders]);
    const copy = new ProjectCopy(
      graph.base,
      join(await realpath(folder), ...Array<string>(depth).fill('in')),
    );
    for (const path of folders) await copy.addFolder(path);
    for (const path of files) {
      limits.signal?.throwIfAborted();
      await copy.addFile(path);
    }
    for (const { link, folder: target } of loops) await copy.addLoop(link, target);
    return copy;
  }

  /** Files and folders that are not as they were copied, relative to `base`. */
  async changes(): Promise<string[]> {
    const changed = new Set<string>();
    for (const [file, copied] of this.files) {
      const now = await stat(file).catch(() => undefined);
      const same =
        now?.size === copied.size && now.mtimeMs === copied.modified && now.ctimeMs === copied.changed;
      if (!same) changed.add(file);
    }
    for (const [folder, names] of this.folders) {
      const now = await readdir(folder).catch(() => []);
      for (const name of now) if (!names.has(name)) changed.add(join(folder, name));
    }
    return [...changed].map((file) => relative(this.base, file)).sort();
  }

  /** Makes changed files what they were, and removes new ones. */
  async restore(changed: readonly string[]): Promise<void> {
    for (const path of changed) {
      const file = join(this.base, path);
      const copied = this.files.get(file);
      await rm(file, { recursive: true, force: true });
      if (copied) await this.addFile(copied.from);
    }
  }

  private place(from: string): string {
    return join(this.base, relative(this.original, from));
  }

  private async addFile(from: string): Promise<void> {
    const to = this.place(from);
    await mkdir(dirname(to), { recursive: true });
    try {
      await copyFile(from, to, constants.COPYFILE_FICLONE);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Not to be read, so no import reads it either; or gone meanwhile.
      if (code === 'EACCES' || code === 'ENOENT') return;
      throw error;
    }
    const { size, mtimeMs, ctimeMs } = await stat(to);
    this.files.set(to, { from, size, modified: mtimeMs, changed: ctimeMs });
    this.folders.get(dirname(to))?.add(basename(to));
  }

  private async addFolder(from: string): Promise<void> {
    const to = this.place(from);
    await mkdir(to, { recursive: true });
    this.folders.set(to, new Set());
    this.folders.get(dirname(to))?.add(basename(to));
  }

  private async addLoop(link: string, folder: string): Promise<void> {
    const to = this.place(link);
    await symlink(this.place(folder), to);
    this.folders.get(dirname(to))?.add(basename(to));
  }
}
