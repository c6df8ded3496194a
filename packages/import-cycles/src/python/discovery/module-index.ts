import { relative, sep } from 'node:path';
import type { Module, Problem } from '../../model/import-graph.ts';
import { parentKey } from './python-names.ts';
import type { Discovery, SourceFile } from './source-file.ts';

/** A module of the graph and the file it is read from. */
export interface IndexedModule {
  readonly file: SourceFile;
  readonly module: Module;
  /** A stub: nothing ever executes it, so that its imports are for type checkers only. */
  readonly typesOnly: boolean;
}

/** All modules, in the order of their names, and what else Python would find by name. */
export interface ModuleIndex {
  readonly modules: readonly IndexedModule[];
  /** Index in `modules` by key. */
  readonly byKey: ReadonlyMap<string, number>;
  /** Packages without `__init__`: they can be imported, but hold no code. */
  readonly namespaces: ReadonlySet<string>;
  readonly extensions: ReadonlySet<string>;
}

/**
 * Decides which file a name stands for: of several roots the first, in one root a package before a module and source before
 * a stub, as CPython does. A stub beside its source is left out: nothing in it runs, and its lines are not the module's.
 */
export function indexModules(
  discoveries: readonly Discovery[],
  base: string,
  report: (problem: Problem) => void,
): ModuleIndex {
  const chosen = new Map<string, SourceFile>();
  const extensions = new Set<string>();
  for (const { files, extensions: names } of discoveries) {
    for (const name of names) extensions.add(name);
    const own = new Set<SourceFile>(files);
    for (const file of files) {
      const key = file.importable ? file.key : `\u0001${file.path}`;
      const other = chosen.get(key);
      if (other === undefined) chosen.set(key, file);
      else if (own.has(other)) {
        const winner = better(file, other);
        const loser = winner === file ? other : file;
        chosen.set(key, winner);
        if (!loser.isStub) report(clash(loser, winner, base));
      } else report(clash(file, other, base));
    }
  }
  return arrange([...chosen.values()], extensions, base);
}

function better(a: SourceFile, b: SourceFile): SourceFile {
  if (a.isPackage !== b.isPackage) return a.isPackage ? a : b;
  return a.isStub ? b : a;
}

function clash(loser: SourceFile, winner: SourceFile, base: string): Problem {
  const path = fromBase(loser.path, base);
  const message = `the name ${loser.key} already stands for ${fromBase(winner.path, base)}; this file is left out`;
  return { kind: 'name-clash', path, message };
}

function arrange(files: readonly SourceFile[], extensions: ReadonlySet<string>, base: string): ModuleIndex {
  const named = files.map((file) => ({ file, path: fromBase(file.path, base) }));
  const sorted = named
    .map(({ file, path }) => ({ file, path, name: file.importable ? file.key : path }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const byKey = new Map<string, number>();
  sorted.forEach(({ file }, index) => byKey.set(file.key, index));
  const namespaces = new Set<string>();
  for (const key of [...byKey.keys(), ...extensions]) {
    for (let above = parentKey(key); above !== '' && !namespaces.has(above); above = parentKey(above)) {
      if (!byKey.has(above)) namespaces.add(above);
    }
  }
  const modules = sorted.map(({ file, path, name }): IndexedModule => {
    const module = { name, path, isPackage: file.isPackage, parent: parentOf(file.key, byKey) };
    return { file, module, typesOnly: file.isStub };
  });
  return { modules, byKey, namespaces, extensions };
}

function parentOf(key: string, byKey: ReadonlyMap<string, number>): number {
  for (let above = parentKey(key); above !== ''; above = parentKey(above)) {
    const index = byKey.get(above);
    if (index !== undefined) return index;
  }
  return -1;
}

/** Relative to `base`, with forward slashes. */
export function fromBase(path: string, base: string): string {
  // Nearly every path lies straight below.
  const found = path.startsWith(base + sep) ? path.slice(base.length + 1) : relative(base, path);
  return sep === '/' ? found : found.split(sep).join('/');
}
