import type { Module } from '../model/import-graph.ts';
import type { DirectoryCache } from './directory-cache.ts';
import type { IsLeftOut } from './left-out.ts';
import { relativeTo } from './find-source-files.ts';
import type { FoundFile } from './find-source-files.ts';
import { isSourceFile } from './source-extensions.ts';

/** The modules of a graph by path, numbered as they are added. */
export class ModuleSet {
  readonly #files: FoundFile[] = [];
  readonly #indexes = new Map<string, number>();
  readonly #base: string;
  readonly #realBase: string;
  readonly #cache: DirectoryCache;
  readonly #isLeftOut: IsLeftOut;
  /** Real paths of roots that are files: where there are any, what they import joins. */
  readonly #entries: readonly string[];

  constructor(base: string, cache: DirectoryCache, isLeftOut: IsLeftOut, entries: readonly string[]) {
    this.#base = base;
    this.#realBase = cache.realpath(base);
    this.#cache = cache;
    this.#isLeftOut = isLeftOut;
    this.#entries = entries;
  }

  get count(): number {
    return this.#files.length;
  }

  add(file: FoundFile): number {
    const key = this.#cache.canonical(file.real);
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    const index = this.#files.push(file) - 1;
    this.#indexes.set(key, index);
    return index;
  }

  file(index: number): FoundFile {
    return this.#files[index]!;
  }

  /** The module at a real path. */
  at(path: string): number | undefined {
    const index = this.#indexes.get(this.#cache.canonical(path));
    if (index !== undefined || this.#entries.length === 0 || !this.#mayJoin(path)) return index;
    return this.add({ path: this.#base + path.slice(this.#realBase.length), real: path });
  }

  /** Every module by name, and for each number given out its place in that order. */
  sorted(): { readonly modules: readonly Module[]; readonly places: Int32Array } {
    const names = this.#files.map((file) => relativeTo(this.#base, file.path));
    const order = names.map((_, index) => index).sort((a, b) => (names[a]! < names[b]! ? -1 : 1));
    const places = new Int32Array(names.length);
    order.forEach((index, place) => (places[index] = place));
    const modules = order.map((index) => {
      const name = names[index]!;
      return { name, path: name, isPackage: false, parent: -1 };
    });
    return { modules, places };
  }

  #mayJoin(path: string): boolean {
    if (!isSourceFile(path) || !path.startsWith(`${this.#realBase}/`) || !this.#cache.fileExists(path))
      return false;
    const parts = path.slice(this.#realBase.length + 1).split('/');
    return parts.every((name, depth) => {
      const below = parts.slice(0, depth + 1).join('/');
      // Whoever names a file in `dist` wants what is beside it as well.
      const isAboveEntry = this.#entries.some((entry) => entry.startsWith(`${this.#realBase}/${below}/`));
      return isAboveEntry || !this.#isLeftOut(below, name, depth < parts.length - 1);
    });
  }
}
