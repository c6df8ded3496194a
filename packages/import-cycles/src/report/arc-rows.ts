import { edgesOfView } from '../graph/view-edges.ts';
import type { GraphView, ImportGraph } from '../model/import-graph.ts';

/** The arcs inside the knots of a view, each with every row of the import table that makes it. */
export class ArcRows {
  readonly #rows = new Map<number, number[]>();
  readonly #statements = new Map<number, number[]>();
  readonly #moduleCount: number;
  readonly #statementLine: Int32Array;

  constructor(
    graph: ImportGraph,
    view: GraphView,
    knots: readonly (readonly number[])[],
    without: ReadonlySet<number>,
  ) {
    this.#moduleCount = graph.modules.length;
    this.#statementLine = graph.imports.statementLine;
    const knotOf = new Int32Array(graph.modules.length).fill(-1);
    knots.forEach((knot, index) => {
      for (const module of knot) knotOf[module] = index;
    });
    const edges = edgesOfView(graph, view, without);
    for (let edge = 0; edge < edges.from.length; edge++) {
      const from = edges.from[edge]!;
      const to = edges.to[edge]!;
      if (knotOf[from]! < 0 || knotOf[from] !== knotOf[to]) continue;
      const row = edges.row[edge]!;
      append(this.#rows, this.#key(from, to), row);
    }
    for (const [key, rows] of this.#rows) {
      const seen = new Set<number>();
      for (const row of rows) {
        const line = graph.imports.statementLine[row]!;
        if (seen.has(line)) continue;
        seen.add(line);
        append(this.#statements, key, row);
      }
    }
  }

  /** All rows behind an arc, in the order of the source. */
  rows(from: number, to: number): readonly number[] {
    return this.#rows.get(this.#key(from, to)) ?? [];
  }

  /** The first row of each statement behind an arc: how many there are is how many imports would have to move. */
  statements(from: number, to: number): readonly number[] {
    return this.#statements.get(this.#key(from, to)) ?? [];
  }

  /** The rows behind an arc that belong to the same statement as one of them. */
  ofStatement(from: number, to: number, row: number): readonly number[] {
    const line = this.#statementLine[row];
    return this.rows(from, to).filter((other) => this.#statementLine[other] === line);
  }

  #key(from: number, to: number): number {
    return from * this.#moduleCount + to;
  }
}

function append(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
