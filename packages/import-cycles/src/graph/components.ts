import type { Digraph } from '../model/import-graph.ts';
import { findEdge } from './subgraph.ts';

export interface Components {
  readonly count: number;
  /** Component of each node. An edge between two components leads to the lower number (reverse topological order). */
  readonly componentOf: Int32Array;
}

/**
 * Strongly connected components in O(nodes + edges), without recursion: D. J. Pearce, "A space-efficient algorithm for
 * finding strongly connected components", Information Processing Letters 116 (2016), with an explicit call stack.
 */
export function stronglyConnectedComponents(digraph: Digraph): Components {
  const { nodeCount, offsets, targets } = digraph;
  // 0: not visited; below `index`: on the way; from `component + 1` up: its component is known.
  const rank = new Int32Array(nodeCount);
  const isRoot = new Uint8Array(nodeCount);
  const nextEdge = new Uint32Array(nodeCount);
  const calls = new Uint32Array(nodeCount);
  const waiting = new Uint32Array(nodeCount);
  let callCount = 0;
  let waitingCount = 0;
  let index = 1;
  let component = nodeCount;

  const enter = (node: number): void => {
    rank[node] = index++;
    isRoot[node] = 1;
    nextEdge[node] = offsets[node]!;
    calls[callCount++] = node;
  };

  for (let start = 0; start < nodeCount; start++) {
    if (rank[start] !== 0) continue;
    enter(start);
    while (callCount > 0) {
      const node = calls[callCount - 1]!;
      const end = offsets[node + 1]!;
      let edge = nextEdge[node]!;
      let rankOfNode = rank[node]!;
      let descended = false;
      while (edge < end) {
        const target = targets[edge]!;
        if (rank[target] === 0) {
          // The edge is looked at again on the way back, and then takes the target's rank.
          enter(target);
          descended = true;
          break;
        }
        if (rank[target]! < rankOfNode) {
          rankOfNode = rank[target]!;
          isRoot[node] = 0;
        }
        edge++;
      }
      nextEdge[node] = edge;
      rank[node] = rankOfNode;
      if (descended) continue;

      callCount--;
      if (isRoot[node] === 0) {
        waiting[waitingCount++] = node;
        continue;
      }
      index--;
      while (waitingCount > 0 && rank[waiting[waitingCount - 1]!]! >= rankOfNode) {
        rank[waiting[--waitingCount]!] = component;
        index--;
      }
      rank[node] = component--;
    }
  }

  for (let node = 0; node < nodeCount; node++) rank[node] = nodeCount - rank[node]!;
  return { count: nodeCount - component, componentOf: rank };
}

/**
 * Components that hold a cycle: those of two or more nodes, and single nodes with an edge to themselves.
 *
 * @returns Nodes ascending in each knot; knots by their first node.
 */
export function knotsOf(digraph: Digraph): number[][] {
  const { count, componentOf } = stronglyConnectedComponents(digraph);
  const sizes = new Uint32Array(count);
  for (const component of componentOf) sizes[component]!++;

  const knots: number[][] = [];
  const knotOfComponent = new Int32Array(count).fill(-1);
  for (let node = 0; node < digraph.nodeCount; node++) {
    const component = componentOf[node]!;
    if (knotOfComponent[component]! >= 0) {
      knots[knotOfComponent[component]!]!.push(node);
    } else if (sizes[component]! >= 2 || findEdge(digraph, node, node) >= 0) {
      knotOfComponent[component] = knots.push([node]) - 1;
    }
  }
  return knots;
}
