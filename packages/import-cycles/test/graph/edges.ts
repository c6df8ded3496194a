import fc from 'fast-check';
import type { Digraph } from '../../src/model/import-graph.ts';
import { digraphFromEdges } from '../../src/graph/digraph.ts';

export type Edge = readonly [from: number, to: number];

export function digraphOfEdges(nodeCount: number, edges: readonly Edge[]): Digraph {
  return digraphFromEdges(
    nodeCount,
    edges.map(([from]) => from),
    edges.map(([, to]) => to),
  );
}

/** Edges of a digraph, in its order. */
export function edgesOf(digraph: Digraph): Edge[] {
  const edges: Edge[] = [];
  for (let node = 0; node < digraph.nodeCount; node++) {
    for (let edge = digraph.offsets[node]!; edge < digraph.offsets[node + 1]!; edge++) {
      edges.push([node, digraph.targets[edge]!]);
    }
  }
  return edges;
}

/** Random lists of edges, with self loops, duplicates and nodes that have none. */
export function anyEdges(
  maxNodes: number,
  maxEdges: number,
): fc.Arbitrary<{ nodeCount: number; edges: Edge[] }> {
  return fc.integer({ min: 1, max: maxNodes }).chain((nodeCount) => {
    const node = fc.nat({ max: nodeCount - 1 });
    return fc.record({
      nodeCount: fc.constant(nodeCount),
      edges: fc.array(fc.tuple(node, node), { maxLength: maxEdges }),
    });
  });
}
