import { Graph } from '@dagrejs/graphlib';
import type { GraphView, ImportGraph, ImportRecord, Module } from '../model/import-graph.ts';
import { readImport } from '../model/read-import.ts';
import { edgesOfView } from './view-edges.ts';

/** A graphlib graph whose nodes are modules by name, with the imports that make each edge as its label. */
export type ImportGraphlibGraph = Graph<string, Module, readonly ImportRecord[]>;

/**
 * A view of an import graph as a directed `@dagrejs/graphlib` graph, for algorithms that are not in this package.
 *
 * - A node is a module's name, labelled with the `Module`; modules without imports are there too.
 * - An edge leads from the importing to the imported module and is labelled with its imports, in the order of the import
 *   table. In the `runtime` view the edge to a package above a target has the imports of that target.
 * - The graph's label is the view.
 *
 * Mind that graphlib's own `tarjan`, `findCycles`, `isAcyclic` and `components` recurse: they end in a RangeError on
 * chains of some thousand modules, where `stronglyConnectedComponents` and `knotsOf` have no limit.
 */
export function toGraphlib(graph: ImportGraph, view: GraphView): ImportGraphlibGraph {
  const result: ImportGraphlibGraph = new Graph({ directed: true });
  result.setGraph(view);
  for (const module of graph.modules) result.setNode(module.name, module);

  const edges = edgesOfView(graph, view);
  for (let edge = 0; edge < edges.row.length; edge++) {
    const from = graph.modules[edges.from[edge]!]!.name;
    const to = graph.modules[edges.to[edge]!]!.name;
    const label = result.edge(from, to) as ImportRecord[] | undefined;
    const record = readImport(graph, edges.row[edge]!);
    if (label === undefined) result.setEdge(from, to, [record]);
    else label.push(record);
  }
  return result;
}
