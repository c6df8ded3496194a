import type { ArcNetwork, RemovedArcs } from './arc-network.ts';
import type { WorkBudget } from '../work-budget.ts';

/** Finds shortest paths and cycles in what is left of a network; keeps its tables from one search to the next. */
export class CycleSearch {
  readonly #network: ArcNetwork;
  readonly #queue: Uint32Array;
  readonly #arrival: Int32Array;
  readonly #seen: Uint32Array;
  #search = 0;

  constructor(network: ArcNetwork) {
    const { nodeCount } = network.digraph;
    this.#network = network;
    this.#queue = new Uint32Array(nodeCount);
    this.#arrival = new Int32Array(nodeCount);
    this.#seen = new Uint32Array(nodeCount);
  }

  /** Arcs of a shortest cycle through an arc, that arc first; undefined where none is left. */
  cycleThrough(arc: number, removed: RemovedArcs, budget: WorkBudget): number[] | undefined {
    const tail = this.#network.tails[arc]!;
    const head = this.#network.digraph.targets[arc]!;
    if (tail === head) return [arc];
    if (!this.#reaches(head, tail, removed, budget)) return undefined;
    const path: number[] = [];
    for (let node = tail; node !== head;) {
      const step = this.#arrival[node]!;
      path.push(step);
      node = this.#network.tails[step]!;
    }
    return [arc, ...path.reverse()];
  }

  /** Whether taking an arc back would close a cycle. */
  closesCycle(arc: number, removed: RemovedArcs, budget: WorkBudget): boolean {
    const tail = this.#network.tails[arc]!;
    const head = this.#network.digraph.targets[arc]!;
    return tail === head || this.#reaches(head, tail, removed, budget);
  }

  /** Breadth first, so that the arrivals lead back along a shortest path. */
  #reaches(from: number, to: number, removed: RemovedArcs, budget: WorkBudget): boolean {
    const { offsets, targets } = this.#network.digraph;
    const queue = this.#queue;
    const seen = this.#seen;
    const search = ++this.#search;
    queue[0] = from;
    seen[from] = search;
    let count = 1;
    let steps = 0;
    for (let at = 0; at < count; at++) {
      const node = queue[at]!;
      const end = offsets[node + 1]!;
      steps += end - offsets[node]!;
      for (let arc = offsets[node]!; arc < end; arc++) {
        const next = targets[arc]!;
        if (removed[arc] === 1 || seen[next] === search) continue;
        seen[next] = search;
        this.#arrival[next] = arc;
        if (next === to) {
          budget.spend(steps);
          return true;
        }
        queue[count++] = next;
      }
    }
    budget.spend(steps + 1);
    return false;
  }
}
