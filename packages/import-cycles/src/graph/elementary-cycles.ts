import type { Digraph } from '../model/import-graph.ts';
import { BoundedCycles } from './bounded-cycles.ts';
import { inducedSubgraph } from './subgraph.ts';
import { WorkBudget } from './work-budget.ts';

/** A fraction of a second; enough for tens of thousands of cycles. */
export const DEFAULT_CYCLE_WORK = 20_000_000;

export interface ElementaryCycleOptions {
  /** Most cycles to list. */
  readonly limit: number;
  /** Longest cycle to list, in nodes. */
  readonly maxLength?: number;
  /** Steps the search may take: dense knots have more cycles than anybody could wait for, and may hide a few among many
   * dead ends. The result depends on it, and on nothing of the machine. */
  readonly workLimit?: number;
}

export interface ElementaryCycles {
  /** Nodes of each in the direction of the edges, the lowest first; by length, then by their nodes. */
  readonly cycles: number[][];
  /** Whether these are all. */
  readonly complete: boolean;
}

/**
 * The elementary cycles (no node twice) among some nodes, shortest first: all of one length before any longer one.
 * Memory is bound by `limit`, time by `workLimit`, however many cycles there are.
 */
export function elementaryCycles(
  digraph: Digraph,
  nodes: ArrayLike<number>,
  options: ElementaryCycleOptions,
): ElementaryCycles {
  const { limit, maxLength = Infinity, workLimit = DEFAULT_CYCLE_WORK } = options;
  const within = Uint32Array.from(nodes).sort();
  const budget = new WorkBudget(workLimit);
  const search = new BoundedCycles(inducedSubgraph(digraph, within), budget);
  const longest = Math.min(maxLength, within.length);
  const cycles: number[][] = [];

  // The length at which each node, as the lowest of a cycle, may have more; Infinity where it has no more.
  const nextLength = new Float64Array(within.length).fill(1);
  for (let length = 1; length <= longest; length = lowestOf(nextLength)) {
    for (let root = 0; root < within.length; root++) {
      if (nextLength[root]! > length) continue;
      // One more than asked for, to tell whether the list is complete.
      nextLength[root] = search.from(root, length, (cycle) => {
        cycles.push(cycle.map((node) => within[node]!));
        return cycles.length <= limit;
      });
      if (cycles.length > limit || budget.isSpent) {
        return { cycles: cycles.slice(0, Math.max(0, limit)), complete: false };
      }
    }
  }
  return { cycles, complete: lowestOf(nextLength) > within.length };
}

function lowestOf(values: Float64Array): number {
  let lowest = Infinity;
  for (const value of values) if (value < lowest) lowest = value;
  return lowest;
}
