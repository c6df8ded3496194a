import type { ImportGraph } from '../../../model/import-graph.ts';
import { IMPORT_FORMS } from '../../../model/import-kind.ts';
import { byCodeUnit } from '../../knot-id.ts';
import { rowsOf } from '../../rows-of.ts';
import type { ReadSource } from '../../source-text.ts';

/** Files with other names are modules that no attribute can name. */
const IDENTIFIER = /^[\p{ID_Start}_]\p{ID_Continue}*$/u;

/** An import of a submodule also binds it in its package, where whoever imports the package alone finds it. */
export class SubmoduleBindings {
  readonly #graph: ImportGraph;
  readonly #readSource: ReadSource;
  #holders: Map<number, Set<number>> | undefined;

  constructor(graph: ImportGraph, readSource: ReadSource) {
    this.#graph = graph;
    this.#readSource = readSource;
  }

  /**
   * Names of the modules that may need the import of a submodule by another module: they have its package as a variable, do
   * not import the submodule, and hold the text `.name`.
   */
  dependants(from: number, to: number): readonly string[] {
    const { modules } = this.#graph;
    const { name, parent } = modules[to]!;
    const last = name.slice(name.lastIndexOf('.') + 1);
    if (parent < 0 || !IDENTIFIER.test(last)) return [];
    const attribute = new RegExp(`\\.\\s*${last}(?![\\p{ID_Continue}])`, 'u');
    return [...(this.#holdersOf(parent) ?? [])]
      .filter((module) => module !== from && module !== to && !this.#imports(module, to))
      .filter((module) => attribute.test(this.#readSource(modules[module]!.path) ?? ''))
      .map((module) => modules[module]!.name)
      .sort(byCodeUnit);
  }

  /** Modules that have a package as a variable: by `import package`, `import package.other`, or `from`. */
  #holdersOf(packageIndex: number): ReadonlySet<number> | undefined {
    if (this.#holders === undefined) {
      this.#holders = new Map();
      const { modules, imports } = this.#graph;
      for (let row = 0; row < imports.count; row++) {
        const to = imports.to[row]!;
        if (modules[to]!.isPackage) this.#hold(to, imports.from[row]!);
        if (IMPORT_FORMS[imports.form[row]!] === 'import')
          this.#hold(modules[to]!.parent, imports.from[row]!);
      }
    }
    return this.#holders.get(packageIndex);
  }

  #hold(packageIndex: number, holder: number): void {
    const holders = this.#holders!.get(packageIndex);
    if (holders === undefined) this.#holders!.set(packageIndex, new Set([holder]));
    else holders.add(holder);
  }

  #imports(from: number, to: number): boolean {
    const { start, end } = rowsOf(this.#graph.imports, from);
    return this.#graph.imports.to.subarray(start, end).includes(to);
  }
}
