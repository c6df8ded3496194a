import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, readdir, realpath, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { ImportGraph } from '../../model/import-graph.ts';

/** Bigger files are linked to instead of copied: models and data that no import rewrites. */
const LARGEST_COPY_BYTES = 8 * 1024 * 1024;

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

interface Copied {
  readonly from: string;
  readonly size: number;
  readonly modified: number;
}

/**
 * A copy of the packages that hold a graph's modules, in a temporary folder: what an import does to its own files, or by
 * relative paths, it does to the copy. (It can still write wherever an absolute path leads it.)
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

  static async create(graph: ImportGraph, folder: string): Promise<ProjectCopy> {
    const copy = new ProjectCopy(graph.base, await realpath(folder));
    const roots = new Set(graph.roots.map((root) => join(graph.base, root)));
    const whole = new Set<string>();
    for (const { path } of graph.modules) {
      const file = join(graph.base, path);
      const top = topBelow(file, roots);
      if (top === file) await copy.addFile(file);
      else whole.add(top);
    }
    for (const top of whole) await copy.addFolder(top);
    return copy;
  }

  /** Files and folders that are not as they were copied, relative to `base`. */
  async changes(): Promise<string[]> {
    const changed = new Set<string>();
    for (const [file, { size, modified }] of this.files) {
      const now = await stat(file).catch(() => undefined);
      if (now?.size !== size || now.mtimeMs !== modified) changed.add(file);
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
    const { size } = await stat(from);
    await mkdir(dirname(to), { recursive: true });
    if (size > LARGEST_COPY_BYTES) await symlink(await realpath(from), to);
    else await copyFile(from, to, constants.COPYFILE_FICLONE);
    const made = await stat(to);
    this.files.set(to, { from, size: made.size, modified: made.mtimeMs });
    this.folders.get(dirname(to))?.add(to.slice(dirname(to).length + 1));
  }

  private async addFolder(from: string): Promise<void> {
    const to = this.place(from);
    await mkdir(to, { recursive: true });
    const names = this.folders.get(to) ?? new Set<string>();
    this.folders.set(to, names);
    for (const entry of await readdir(from, { withFileTypes: true })) {
      const path = join(from, entry.name);
      if (entry.isDirectory()) {
        if (LEFT_OUT.has(entry.name)) continue;
        names.add(entry.name);
        await this.addFolder(path);
      } else if (entry.isFile()) {
        if (!this.files.has(this.place(path))) await this.addFile(path);
      } else if (entry.isSymbolicLink()) await this.addLink(path);
    }
  }

  /** A link to a file becomes a copy, one to a folder stays a link to where it led. */
  private async addLink(path: string): Promise<void> {
    const target = await stat(path).catch(() => undefined);
    if (target?.isFile()) return this.addFile(path);
    if (!target?.isDirectory()) return;
    const to = this.place(path);
    if (await lstat(to).then(() => false, () => true)) await symlink(await realpath(path), to); // prettier-ignore
    this.folders.get(dirname(to))?.add(to.slice(dirname(to).length + 1));
  }
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
