import type { Digraph } from '../model/import-graph.ts';

/** Every edge turned round; `imports` goes with its edge. */
export function reversed(digraph: Digraph): Digraph {
  const { nodeCount, edgeCount } = digraph;
  const offsets = new Uint32Array(nodeCount + 1);
  for (let edge = 0; edge < edgeCount; edge++) offsets[digraph.targets[edge]! + 1]!++;
  for (let node = 0; node < nodeCount; node++) offsets[node + 1]! += offsets[node]!;

  const next = offsets.slice(0, nodeCount);
  const targets = new Uint32Array(edgeCount);
  const imports = new Int32Array(edgeCount);
  for (let node = 0; node < nodeCount; node++) {
    for (let edge = digraph.offsets[node]!; edge < digraph.offsets[node + 1]!; edge++) {
      const at = next[digraph.targets[edge]!]!++;
      targets[at] = node;
      imports[at] = digraph.imports[edge]!;
    }
  }
  return { nodeCount, edgeCount, offsets, targets, imports };
}

/**
 * The edges between some nodes, with the nodes numbered anew: node `i` of the result is `nodes[i]`.
 * Its cost depends on these nodes and their edges, not on the size of the digraph, so that many small parts are cheap.
 *
 * @param nodes - Ascending and without duplicates.
 */
export function inducedSubgraph(digraph: Digraph, nodes: ArrayLike<number>): Digraph {
  const locate = positionIn(nodes, digraph.nodeCount);
  const offsets = new Uint32Array(nodes.length + 1);
  let capacity = 0;
  for (let local = 0; local < nodes.length; local++) {
    capacity += digraph.offsets[nodes[local]! + 1]! - digraph.offsets[nodes[local]!]!;
  }
  const targets = new Uint32Array(capacity);
  const imports = new Int32Array(capacity);
  let edgeCount = 0;
  for (let local = 0; local < nodes.length; local++) {
    const node = nodes[local]!;
    for (let edge = digraph.offsets[node]!; edge < digraph.offsets[node + 1]!; edge++) {
      const target = locate(digraph.targets[edge]!);
      if (target < 0) continue;
      targets[edgeCount] = target;
      imports[edgeCount] = digraph.imports[edge]!;
      edgeCount++;
    }
    offsets[local + 1] = edgeCount;
  }
  return {
    nodeCount: nodes.length,
    edgeCount,
    offsets,
    targets: targets.slice(0, edgeCount),
    imports: imports.slice(0, edgeCount),
  };
}

/** Number of the edge `from -> to`, or -1. */
export function findEdge(digraph: Digraph, from: number, to: number): number {
  let low = digraph.offsets[from]!;
  let high = digraph.offsets[from + 1]! - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const target = digraph.targets[middle]!;
    if (target === to) return middle;
    if (target < to) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Finds a node's position among the nodes of a part, -1 for others; a table pays only where the part is large. */
function positionIn(nodes: ArrayLike<number>, nodeCount: number): (node: number) => number {
  if (nodes.length * 16 > nodeCount) {
    const table = new Int32Array(nodeCount).fill(-1);
    for (let at = 0; at < nodes.length; at++) table[nodes[at]!] = at;
    return (node) => table[node]!;
  }
  const map = new Map<number, number>();
  for (let at = 0; at < nodes.length; at++) map.set(nodes[at]!, at);
  return (node) => map.get(node) ?? -1;
}
