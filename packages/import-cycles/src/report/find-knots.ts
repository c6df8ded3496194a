import { knotsOf } from '../graph/components.ts';
import { digraphOf } from '../graph/digraph.ts';
import { elementaryCycles } from '../graph/elementary-cycles.ts';
import { shortestCycle } from '../graph/shortest-cycle.ts';
import { findEdge } from '../graph/subgraph.ts';
import type { Digraph, GraphView, ImportGraph } from '../model/import-graph.ts';
import { ArcRows } from './arc-rows.ts';
import type { FixSuggester } from './fixes/suggest-fix.ts';
import type { Arc, Knot, ReportedImport } from './import-report.ts';
import { importsToMove } from './imports-to-move.ts';
import { byCodeUnit, knotId } from './knot-id.ts';
import { reportedImport } from './reported-import.ts';

export interface KnotSearch {
  readonly view: GraphView;
  readonly without: ReadonlySet<number>;
  readonly cycleLimit: number;
  readonly suggester: FixSuggester;
  readonly signal?: AbortSignal | undefined;
}

/** The knots of a view, the largest first, with all that the report says of them; and their modules. */
export function findKnots(
  graph: ImportGraph,
  search: KnotSearch,
): { readonly knots: readonly Knot[]; readonly modules: ReadonlySet<number> } {
  const digraph = digraphOf(graph, search.view, { without: search.without });
  const components = knotsOf(digraph);
  const arcRows = new ArcRows(graph, search.view, components, search.without);
  const knots = components.map((nodes): Knot => {
    search.signal?.throwIfAborted();
    const names = nodes.map((node) => graph.modules[node]!.name).sort(byCodeUnit);
    const { cycles, complete } = elementaryCycles(digraph, nodes, { limit: search.cycleLimit });
    return {
      id: knotId(names),
      modules: names,
      arcs: arcsOf(graph, digraph, nodes),
      witness: witnessOf(graph, digraph, nodes),
      cycles: {
        list: cycles.map((cycle) => cycle.map((node) => graph.modules[node]!.name)),
        complete,
      },
      ...importsToMove(graph, digraph, nodes, arcRows, search.suggester),
      accepted: false,
    };
  });
  knots.sort(
    (left, right) =>
      right.modules.length - left.modules.length || byCodeUnit(left.modules[0]!, right.modules[0]!),
  );
  return { knots, modules: new Set(components.flat()) };
}

function witnessOf(graph: ImportGraph, digraph: Digraph, nodes: readonly number[]): ReportedImport[] {
  const cycle = shortestCycle(digraph, nodes);
  return cycle.map((from, at) => {
    const to = cycle[(at + 1) % cycle.length]!;
    return reportedImport(graph, digraph.imports[findEdge(digraph, from, to)]!, to);
  });
}

function arcsOf(graph: ImportGraph, digraph: Digraph, nodes: readonly number[]): Arc[] {
  const inKnot = new Set(nodes);
  const arcs: Arc[] = [];
  for (const node of nodes) {
    for (let edge = digraph.offsets[node]!; edge < digraph.offsets[node + 1]!; edge++) {
      const target = digraph.targets[edge]!;
      if (inKnot.has(target)) arcs.push({ from: graph.modules[node]!.name, to: graph.modules[target]!.name });
    }
  }
  return arcs.sort((left, right) => byCodeUnit(left.from, right.from) || byCodeUnit(left.to, right.to));
}
