import type { Digraph } from '../model/import-graph.ts';
import { reversed } from './subgraph.ts';
import type { WorkBudget } from './work-budget.ts';

/** Takes a cycle; false ends the search. The array is reused. */
export type CycleVisitor = (cycle: readonly number[]) => boolean;

const OPEN = 0x7fffffff;

/** So many nodes for each edge of the length are few. */
const NARROW = 64;

/**
 * Enumerates the cycles of one length whose lowest node is given. Depth first, no further than the way back allows, and
 * with the locks of A. Gupta, T. Suzumura, "Finding all bounded-length simple cycles in a directed graph" (2021): a node
 * from which there was no way back is not entered again with as little length left, until a node that was in the way is
 * free. That is Johnson's blocking for cycles of bounded length.
 */
export class BoundedCycles {
  readonly #digraph: Digraph;
  readonly #backward: Digraph;
  readonly #budget: WorkBudget;
  /** Edges to the root, within the nodes that may be used; OPEN where not known. */
  readonly #distance: Int32Array;
  /** A node may be entered by a path of fewer edges only. */
  readonly #lock: Int32Array;
  /** 1 where a lock says that the ways back are too long, 0 where it says that there was none. */
  readonly #isRaised: Uint8Array;
  readonly #isOnPath: Uint8Array;
  readonly #path: number[] = [];
  readonly #nextEdge: number[] = [];
  /** Fewest edges back to the root found from each node of the path. */
  readonly #wayBack: number[] = [];
  #reached: number[] = [];
  #isMeasureCut = false;
  /** Where the measure was cut: nodes that it did not reach are at least so far from the root. */
  #horizon = 0;

  constructor(digraph: Digraph, budget: WorkBudget) {
    this.#digraph = digraph;
    this.#backward = reversed(digraph);
    this.#budget = budget;
    this.#distance = new Int32Array(digraph.nodeCount).fill(OPEN);
    this.#lock = new Int32Array(digraph.nodeCount).fill(OPEN);
    this.#isRaised = new Uint8Array(digraph.nodeCount);
    this.#isOnPath = new Uint8Array(digraph.nodeCount);
  }

  /** @returns A length below which there are no more cycles than those of up to `length`; Infinity where these are all. */
  from(root: number, length: number, visit: CycleVisitor): number {
    const shortest = this.#measure(root, length);
    const next = shortest > length ? shortest : this.#search(root, length, visit);
    for (const node of this.#reached) {
      this.#distance[node] = OPEN;
      this.#lock[node] = OPEN;
    }
    return next;
  }

  /**
   * Fills in distances up to `length`, and up to twice that while few nodes are reached: so a long ring is not measured
   * anew for each length. Returns the length of a shortest cycle, or the least that one beyond may have.
   */
  #measure(root: number, length: number): number {
    const { offsets, targets } = this.#backward;
    this.#reached = [root];
    this.#distance[root] = 0;
    let shortest = Infinity;
    this.#isMeasureCut = false;
    let steps = 0;
    for (let at = 0; at < this.#reached.length; at++) {
      const node = this.#reached[at]!;
      const distance = this.#distance[node]! + 1;
      const isFar = distance > 2 * length || this.#reached.length > NARROW * length;
      if (distance > length && isFar) {
        this.#isMeasureCut = true;
        this.#horizon = distance;
        break;
      }
      steps += offsets[node + 1]! - offsets[node]!;
      for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
        const previous = targets[edge]!;
        if (previous === root) shortest = Math.min(shortest, distance);
        if (previous <= root || this.#distance[previous] !== OPEN) continue;
        this.#distance[previous] = distance;
        this.#reached.push(previous);
      }
    }
    this.#budget.spend(steps + 1);
    return Math.min(shortest, this.#isMeasureCut ? this.#horizon : Infinity);
  }

  #search(root: number, length: number, visit: CycleVisitor): number {
    const { offsets, targets } = this.#digraph;
    let isLocked = false;
    let next = Infinity;
    this.#enter(root);
    while (this.#path.length > 0) {
      const depth = this.#path.length;
      const node = this.#path[depth - 1]!;
      const edge = this.#nextEdge[depth - 1]!++;
      if (edge >= offsets[node + 1]! || this.#budget.isSpent) {
        this.#leave(length);
        continue;
      }
      this.#budget.spend(1);
      const target = targets[edge]!;
      if (target === root) {
        this.#wayBack[depth - 1] = 1;
        if (depth === length && !visit(this.#path)) {
          this.#clearPath();
          return length;
        }
        continue;
      }
      if (target < root || this.#isOnPath[target] === 1) continue;
      const expected = this.#expectedLength(depth, target);
      if (expected > length) next = Math.min(next, expected);
      else if (depth < this.#lock[target]!) this.#enter(target);
      else if (this.#isRaised[target] === 1) next = length + 1;
      else isLocked = true;
    }
    // What a lock kept from being seen may be cut off earlier than what was seen.
    return next < Infinity && isLocked ? length + 1 : next;
  }

  /** Least length of a cycle that enters a node after `depth` edges. */
  #expectedLength(depth: number, node: number): number {
    if (this.#distance[node] !== OPEN) return depth + this.#distance[node]!;
    return this.#isMeasureCut ? depth + this.#horizon : Infinity;
  }

  #enter(node: number): void {
    this.#lock[node] = this.#path.length;
    this.#isRaised[node] = 0;
    this.#isOnPath[node] = 1;
    this.#path.push(node);
    this.#nextEdge.push(this.#digraph.offsets[node]!);
    this.#wayBack.push(OPEN);
  }

  #leave(length: number): void {
    const node = this.#path.pop()!;
    const wayBack = this.#wayBack.pop()!;
    this.#nextEdge.pop();
    this.#isOnPath[node] = 0;
    if (wayBack === OPEN) return;
    this.#unlock(node, length - wayBack + 1);
    const above = this.#path.length - 1;
    if (above >= 0) this.#wayBack[above] = Math.min(this.#wayBack[above]!, wayBack + 1);
  }

  /** Raises the lock of a node from which there is a way back, and of those that lead to it. */
  #unlock(node: number, lock: number): void {
    const { offsets, targets } = this.#backward;
    const pending = [node];
    const locks = [lock];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      const raised = locks.pop()!;
      const isLoose = this.#lock[at]! >= raised;
      if (isLoose && (this.#isRaised[at] === 1 || this.#lock[at] === OPEN)) continue;
      // Even where the lock stays as it is, it now stands for a way that is too long, no longer for none.
      if (!isLoose) this.#lock[at] = raised;
      this.#isRaised[at] = 1;
      this.#budget.spend(offsets[at + 1]! - offsets[at]!);
      for (let edge = offsets[at]!; edge < offsets[at + 1]!; edge++) {
        const previous = targets[edge]!;
        if (this.#isOnPath[previous] === 1 || this.#distance[previous] === OPEN) continue;
        pending.push(previous);
        locks.push(raised - 1);
      }
    }
  }

  #clearPath(): void {
    for (const node of this.#path) this.#isOnPath[node] = 0;
    this.#path.length = 0;
    this.#nextEdge.length = 0;
    this.#wayBack.length = 0;
  }
}
