import type { ArcNetwork, RemovedArcs } from './arc-network.ts';
import type { WorkBudget } from '../work-budget.ts';

const MAX_PASSES = 40;

/** Sorting a neighbour in costs about as much as looking at so many arcs. */
const STEPS_PER_NEIGHBOUR = 8;

/**
 * Improves a node order: moves each node to where the least weight of its arcs runs backward, until no move helps
 * (F. J. Brandenburg, K. Hanauer, "Sorting heuristics for the feedback arc set problem", 2011).
 *
 * @returns Rank of each node.
 */
export function siftedRanks(
  network: ArcNetwork,
  order: Uint32Array,
  removed: RemovedArcs,
  budget: WorkBudget,
): Float64Array {
  const line = new NodeLine(order);
  for (let pass = 0, improved = true; pass < MAX_PASSES && improved; pass++) {
    improved = false;
    for (let node = 0; node < order.length && !budget.isSpent; node++) {
      if (moveToBestPlace(network, line, node, removed, budget)) improved = true;
    }
  }
  return line.ranks;
}

interface Neighbour {
  readonly node: number;
  /** What passing it from front to back adds to the weight that runs backward. */
  readonly change: number;
}

function moveToBestPlace(
  network: ArcNetwork,
  line: NodeLine,
  node: number,
  removed: RemovedArcs,
  budget: WorkBudget,
): boolean {
  const neighbours = neighboursOf(network, node, removed);
  budget.spend(STEPS_PER_NEIGHBOUR * (neighbours.length + 1));
  neighbours.sort((a, b) => line.ranks[a.node]! - line.ranks[b.node]!);

  let cost = 0;
  let best = 0;
  let bestAfter = -1;
  let current = 0;
  for (const [at, neighbour] of neighbours.entries()) {
    cost += neighbour.change;
    if (line.ranks[neighbour.node]! < line.ranks[node]!) current = cost;
    // A neighbour on both ends of arcs is passed as a whole.
    if (neighbours[at + 1]?.node === neighbour.node) continue;
    if (cost < best) {
      best = cost;
      bestAfter = at;
    }
  }
  // The tolerance keeps rounding errors of fractional weights from moving a node to and fro.
  if (best >= current - 1e-9 * Math.abs(current)) return false;
  if (bestAfter >= 0) line.moveAfter(node, neighbours[bestAfter]!.node);
  else line.moveBefore(node, neighbours[0]!.node);
  return true;
}

function neighboursOf(network: ArcNetwork, node: number, removed: RemovedArcs): Neighbour[] {
  const { offsets, targets } = network.digraph;
  const neighbours: Neighbour[] = [];
  for (let arc = offsets[node]!; arc < offsets[node + 1]!; arc++) {
    if (removed[arc] === 1 || targets[arc] === node) continue;
    neighbours.push({ node: targets[arc]!, change: network.weights[arc]! });
  }
  for (let at = network.incomingOffsets[node]!; at < network.incomingOffsets[node + 1]!; at++) {
    const arc = network.incoming[at]!;
    if (removed[arc] === 1 || network.tails[arc] === node) continue;
    neighbours.push({ node: network.tails[arc]!, change: -network.weights[arc]! });
  }
  return neighbours;
}

/** Nodes in a line, linked, with ranks that leave gaps so that a move rarely changes more than one rank. */
class NodeLine {
  readonly ranks: Float64Array;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  #first: number;

  constructor(order: Uint32Array) {
    this.ranks = new Float64Array(order.length);
    this.#next = new Int32Array(order.length).fill(-1);
    this.#previous = new Int32Array(order.length).fill(-1);
    this.#first = order.length > 0 ? order[0]! : -1;
    for (let at = 0; at < order.length; at++) {
      this.ranks[order[at]!] = at;
      if (at > 0) this.#link(order[at - 1]!, order[at]!);
    }
  }

  moveAfter(node: number, other: number): void {
    this.#takeOut(node);
    const next = this.#next[other]!;
    this.#link(node, next);
    this.#link(other, node);
    this.ranks[node] = next < 0 ? this.ranks[other]! + 1 : (this.ranks[other]! + this.ranks[next]!) / 2;
    if (this.ranks[node] === this.ranks[other] || (next >= 0 && this.ranks[node] === this.ranks[next]))
      this.#renumber();
  }

  moveBefore(node: number, other: number): void {
    this.#takeOut(node);
    const previous = this.#previous[other]!;
    if (previous >= 0) {
      this.moveAfter(node, previous);
      return;
    }
    this.#previous[node] = -1;
    this.#first = node;
    this.#link(node, other);
    this.ranks[node] = this.ranks[other]! - 1;
  }

  #takeOut(node: number): void {
    const previous = this.#previous[node]!;
    const next = this.#next[node]!;
    if (this.#first === node) this.#first = next;
    if (previous >= 0) this.#next[previous] = next;
    if (next >= 0) this.#previous[next] = previous;
    this.#previous[node] = -1;
    this.#next[node] = -1;
  }

  #link(node: number, next: number): void {
    this.#next[node] = next;
    if (next >= 0) this.#previous[next] = node;
  }

  #renumber(): void {
    for (let node = this.#first, rank = 0; node >= 0; node = this.#next[node]!) this.ranks[node] = rank++;
  }
}
