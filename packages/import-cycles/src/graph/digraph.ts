import type { Digraph, GraphView, ImportGraph } from '../model/import-graph.ts';
import { edgesOfView } from './view-edges.ts';

/**
 * Builds a digraph from a list of edges, in any order and with any number of duplicates; O(nodes + edges).
 *
 * @param nodeCount - Nodes are 0 to `nodeCount - 1`.
 * @param from - Node in which each edge starts.
 * @param to - Node in which each edge ends; as long as `from`.
 * @returns A digraph whose `imports` holds, for each edge, its first position in the lists.
 * @throws RangeError where the lists differ in length or name a node that does not exist.
 */
export function digraphFromEdges(nodeCount: number, from: ArrayLike<number>, to: ArrayLike<number>): Digraph {
  if (!Number.isInteger(nodeCount) || nodeCount < 0) {
    throw new RangeError(`Expected a number of nodes, got ${nodeCount}`);
  }
  if (from.length !== to.length) {
    throw new RangeError(`Expected as many starts as ends of edges, got ${from.length} and ${to.length}`);
  }
  for (let edge = 0; edge < from.length; edge++) {
    checkNode(from[edge]!, nodeCount, edge);
    checkNode(to[edge]!, nodeCount, edge);
  }

  // Two stable counting sorts, by end and then by start: a row's targets come out ascending, equal edges in their order.
  const byEnd = sortedBy(to, nodeCount, undefined).order;
  const { order, offsets: starts } = sortedBy(from, nodeCount, byEnd);

  const offsets = new Uint32Array(nodeCount + 1);
  const targets = new Uint32Array(order.length);
  const imports = new Int32Array(order.length);
  let edgeCount = 0;
  for (let node = 0; node < nodeCount; node++) {
    const rowStart = edgeCount;
    for (let at = starts[node]!; at < starts[node + 1]!; at++) {
      const edge = order[at]!;
      const target = to[edge]!;
      if (edgeCount > rowStart && targets[edgeCount - 1] === target) continue;
      targets[edgeCount] = target;
      imports[edgeCount] = edge;
      edgeCount++;
    }
    offsets[node + 1] = edgeCount;
  }
  return {
    nodeCount,
    edgeCount,
    offsets,
    targets: edgeCount === targets.length ? targets : targets.slice(0, edgeCount),
    imports: edgeCount === imports.length ? imports : imports.slice(0, edgeCount),
  };
}

export interface DigraphOptions {
  /** Rows of the import table that are left out, as if nobody had written them. */
  readonly without?: ReadonlySet<number>;
}

/**
 * A view of an import graph as a digraph: node `n` is `graph.modules[n]`, and each edge's entry in `imports` is the
 * first row of `graph.imports` that makes it. In the `runtime` view that may be an import of a module below the target.
 */
export function digraphOf(graph: ImportGraph, view: GraphView, options: DigraphOptions = {}): Digraph {
  const edges = edgesOfView(graph, view, options.without);
  const digraph = digraphFromEdges(graph.modules.length, edges.from, edges.to);
  return { ...digraph, imports: digraph.imports.map((edge) => edges.row[edge]!) };
}

function checkNode(node: number, nodeCount: number, edge: number): void {
  if (Number.isInteger(node) && node >= 0 && node < nodeCount) return;
  throw new RangeError(`Expected a node from 0 to ${nodeCount - 1}, got ${node} in edge ${edge}`);
}

/** Stable counting sort of `items` (all where undefined) by key; `offsets[key]` is where a key's items start. */
function sortedBy(
  keys: ArrayLike<number>,
  keyCount: number,
  items: Uint32Array | undefined,
): { order: Uint32Array; offsets: Uint32Array } {
  const offsets = new Uint32Array(keyCount + 1);
  for (let item = 0; item < keys.length; item++) offsets[keys[item]! + 1]!++;
  for (let key = 0; key < keyCount; key++) offsets[key + 1]! += offsets[key]!;
  const next = offsets.slice(0, keyCount);
  const order = new Uint32Array(keys.length);
  for (let at = 0; at < keys.length; at++) {
    const item = items === undefined ? at : items[at]!;
    order[next[keys[item]!]!++] = item;
  }
  return { order, offsets };
}
