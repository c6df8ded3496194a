import type { Digraph } from '../model/import-graph.ts';
import { findEdge, inducedSubgraph, reversed } from './subgraph.ts';

/**
 * A shortest cycle among some nodes: of all shortest ones, each read from its lowest node, the first in lexical order.
 * So it depends on the edges only, not on the order in which they were found. A node's edge to itself is a cycle only
 * where there is no other one: it says nothing about how several nodes hang together.
 *
 * @returns Nodes in the direction of the edges, the lowest first and not repeated; empty where there is no cycle.
 */
export function shortestCycle(digraph: Digraph, nodes: ArrayLike<number>): number[] {
  const within = Uint32Array.from(nodes).sort();
  const part = inducedSubgraph(digraph, within);
  const cycle = pairIn(part) ?? longerCycleIn(part) ?? selfLoopIn(part) ?? [];
  return cycle.map((node) => within[node]!);
}

/**
 * A shortest cycle through an edge, within the whole digraph.
 *
 * @returns Nodes from `from` on, not repeated; undefined where there is no such edge, or no way back.
 */
export function shortestCycleThrough(
  digraph: Digraph,
  edge: { readonly from: number; readonly to: number },
): number[] | undefined {
  const { from, to } = edge;
  if (findEdge(digraph, from, to) < 0) return undefined;
  if (from === to) return [from];
  const path = new PathSearch(digraph).shortest(to, from, Infinity);
  return path === undefined ? undefined : [from, ...path.slice(0, -1)];
}

function selfLoopIn(part: Digraph): number[] | undefined {
  for (let node = 0; node < part.nodeCount; node++) {
    if (findEdge(part, node, node) >= 0) return [node];
  }
  return undefined;
}

function pairIn(part: Digraph): number[] | undefined {
  for (let node = 0; node < part.nodeCount; node++) {
    for (let edge = part.offsets[node]!; edge < part.offsets[node + 1]!; edge++) {
      const target = part.targets[edge]!;
      if (target > node && findEdge(part, target, node) >= 0) return [node, target];
    }
  }
  return undefined;
}

/** Where no cycle has fewer than three nodes. Every cycle is looked for at its lowest node only. */
function longerCycleIn(part: Digraph): number[] | undefined {
  const search = new PathSearch(part);
  const left = new NodesOnCycles(part, search.isOut);
  let best: number[] | undefined;
  for (let node = 0; node < part.nodeCount; node++) {
    if (search.isOut[node] === 1) continue;
    const longest = best === undefined ? Infinity : best.length - 1;
    const path = search.shortest(node, node, longest);
    if (path !== undefined) best = path.slice(0, -1);
    if (best?.length === 3) break;
    left.takeOut(node);
  }
  return best;
}

/** Breadth-first search that keeps its tables from one search to the next. */
class PathSearch {
  /** Nodes that no path may use: 1 where so. */
  readonly isOut: Uint8Array;
  readonly #digraph: Digraph;
  readonly #queue: Uint32Array;
  readonly #previous: Uint32Array;
  readonly #seen: Uint32Array;
  #search = 0;

  constructor(digraph: Digraph) {
    this.#digraph = digraph;
    this.isOut = new Uint8Array(digraph.nodeCount);
    this.#queue = new Uint32Array(digraph.nodeCount);
    this.#previous = new Uint32Array(digraph.nodeCount);
    this.#seen = new Uint32Array(digraph.nodeCount);
  }

  /** Nodes of the first shortest path with at least one edge, both ends included; undefined if none has up to `longest`. */
  shortest(from: number, to: number, longest: number): number[] | undefined {
    const { offsets, targets } = this.#digraph;
    const search = ++this.#search;
    let count = 1;
    let layerEnd = 1;
    this.#queue[0] = from;
    for (let at = 0, length = 1; at < count && length <= longest; at++) {
      const node = this.#queue[at]!;
      for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
        const next = targets[edge]!;
        if (next === to && next !== node) return this.#pathTo(node, from, to);
        if (next === from || this.#seen[next] === search || this.isOut[next] === 1) continue;
        this.#seen[next] = search;
        this.#previous[next] = node;
        this.#queue[count++] = next;
      }
      if (at + 1 === layerEnd) {
        layerEnd = count;
        length++;
      }
    }
    return undefined;
  }

  #pathTo(last: number, from: number, to: number): number[] {
    const path = [to];
    let node = last;
    for (; node !== from; node = this.#previous[node]!) path.push(node);
    path.push(from);
    return path.reverse();
  }
}

/** Takes out nodes, and with each those that it leaves without an edge in or out: they can be on no cycle any more. */
class NodesOnCycles {
  readonly #forward: Digraph;
  readonly #backward: Digraph;
  readonly #isOut: Uint8Array;
  readonly #outDegree: Uint32Array;
  readonly #inDegree: Uint32Array;

  constructor(digraph: Digraph, isOut: Uint8Array) {
    this.#forward = digraph;
    this.#backward = reversed(digraph);
    this.#isOut = isOut;
    this.#outDegree = degreesOf(this.#forward);
    this.#inDegree = degreesOf(this.#backward);
  }

  takeOut(node: number): void {
    const pending = [node];
    this.#isOut[node] = 1;
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      this.#release(next, this.#forward, this.#inDegree, pending);
      this.#release(next, this.#backward, this.#outDegree, pending);
    }
  }

  #release(node: number, digraph: Digraph, degrees: Uint32Array, pending: number[]): void {
    for (let edge = digraph.offsets[node]!; edge < digraph.offsets[node + 1]!; edge++) {
      const neighbour = digraph.targets[edge]!;
      degrees[neighbour]!--;
      if (degrees[neighbour] !== 0 || this.#isOut[neighbour] === 1) continue;
      this.#isOut[neighbour] = 1;
      pending.push(neighbour);
    }
  }
}

function degreesOf(digraph: Digraph): Uint32Array {
  return Uint32Array.from({ length: digraph.nodeCount }, (_, node) => {
    return digraph.offsets[node + 1]! - digraph.offsets[node]!;
  });
}
