import type { GraphView, ImportGraph, Module } from '../model/import-graph.ts';
import { IMPORT_KINDS, isExecutedAtImport } from '../model/import-kind.ts';

/** The edges of a view before they are merged, each with the row of the import table that makes it. */
export interface ViewEdges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly row: Int32Array;
}

/** In the order of the import table; an import's own edge stands before those to the packages above its target. */
export function edgesOfView(graph: ImportGraph, view: GraphView, without?: ReadonlySet<number>): ViewEdges {
  const { imports, modules } = graph;
  const counts = IMPORT_KINDS.map((kind) => view === 'all' || isExecutedAtImport(kind));
  const edges = new EdgeList(imports.count);
  const above = view === 'runtime' ? new PackagesAbove(modules) : undefined;
  for (let row = 0; row < imports.count; row++) {
    if (!counts[imports.kind[row]!] || without?.has(row) === true) continue;
    const from = imports.from[row]!;
    const to = imports.to[row]!;
    edges.add(from, to, row);
    if (above === undefined) continue;
    for (let parent = modules[to]!.parent; parent >= 0; parent = modules[parent]!.parent) {
      if (!above.includes(from, parent)) edges.add(from, parent, row);
    }
  }
  return edges.build();
}

/** Whether a package is a module itself or above it; quick for runs of questions about the same module. */
class PackagesAbove {
  readonly #modules: readonly Module[];
  readonly #packages = new Set<number>();
  #module = -1;

  constructor(modules: readonly Module[]) {
    this.#modules = modules;
  }

  includes(module: number, candidate: number): boolean {
    if (module !== this.#module) {
      this.#module = module;
      this.#packages.clear();
      for (let at = module; at >= 0; at = this.#modules[at]!.parent) this.#packages.add(at);
    }
    return this.#packages.has(candidate);
  }
}

/** Columns that grow. */
class EdgeList {
  #from: Int32Array;
  #to: Int32Array;
  #row: Int32Array;
  #count = 0;

  constructor(expected: number) {
    const capacity = Math.max(16, expected);
    this.#from = new Int32Array(capacity);
    this.#to = new Int32Array(capacity);
    this.#row = new Int32Array(capacity);
  }

  add(from: number, to: number, row: number): void {
    if (this.#count === this.#from.length) this.#grow();
    this.#from[this.#count] = from;
    this.#to[this.#count] = to;
    this.#row[this.#count] = row;
    this.#count++;
  }

  build(): ViewEdges {
    return {
      from: this.#from.subarray(0, this.#count),
      to: this.#to.subarray(0, this.#count),
      row: this.#row.subarray(0, this.#count),
    };
  }

  #grow(): void {
    const grown = (column: Int32Array): Int32Array => {
      const longer = new Int32Array(column.length * 2);
      longer.set(column);
      return longer;
    };
    this.#from = grown(this.#from);
    this.#to = grown(this.#to);
    this.#row = grown(this.#row);
  }
}
