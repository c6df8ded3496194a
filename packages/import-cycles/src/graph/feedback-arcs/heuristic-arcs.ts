import type { ArcNetwork, RemovedArcs } from './arc-network.ts';
import type { CycleSearch } from './cycle-search.ts';
import { greedyOrder } from './greedy-order.ts';
import { siftedRanks } from './sifting.ts';
import type { WorkBudget } from '../work-budget.ts';

/**
 * Arcs whose removal leaves no cycle in what is left of a network: those that run backward in a good node order.
 * None of them is superfluous while the budget lasts.
 */
export function heuristicFeedbackArcs(
  network: ArcNetwork,
  removed: RemovedArcs,
  search: CycleSearch,
  budget: WorkBudget,
): number[] {
  const order = greedyOrder(network, removed);
  budget.spend(network.digraph.edgeCount);
  const ranks = siftedRanks(network, order, removed, budget);
  const backward: number[] = [];
  for (let arc = 0; arc < network.digraph.edgeCount; arc++) {
    if (removed[arc] === 1) continue;
    if (ranks[network.tails[arc]!]! >= ranks[network.digraph.targets[arc]!]!) backward.push(arc);
  }
  return withoutSuperfluous(network, backward, removed, search, budget);
}

/** Drops arcs that close no cycle once the others are out, the heaviest first. */
export function withoutSuperfluous(
  network: ArcNetwork,
  arcs: readonly number[],
  removed: RemovedArcs,
  search: CycleSearch,
  budget: WorkBudget,
): number[] {
  const out = removed.slice();
  for (const arc of arcs) out[arc] = 1;
  const heaviestFirst = arcs.toSorted((a, b) => network.weights[b]! - network.weights[a]! || b - a);
  const kept: number[] = [];
  for (const arc of heaviestFirst) {
    if (budget.isSpent || search.closesCycle(arc, out, budget)) kept.push(arc);
    else out[arc] = 0;
  }
  return kept.sort((a, b) => a - b);
}
