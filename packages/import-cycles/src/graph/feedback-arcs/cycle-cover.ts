import { minimumHittingSet } from '../hitting-set/minimum-hitting-set.ts';
import { toleranceOf } from '../hitting-set/set-system.ts';
import { WorkBudget } from '../work-budget.ts';
import { weightOf, type ArcNetwork, type RemovedArcs } from './arc-network.ts';
import { CycleSearch } from './cycle-search.ts';
import { heuristicFeedbackArcs, withoutSuperfluous } from './heuristic-arcs.ts';

export interface CycleCover {
  /** Ascending. */
  readonly arcs: readonly number[];
  readonly weight: number;
  /** Equal to `weight` where that is proven least. */
  readonly lowerBound: number;
  readonly isExact: boolean;
}

/**
 * Arcs of least weight that meet every cycle of a network. Follows A. Baharev, H. Schichl, A. Neumaier, T. Achterberg,
 * "An exact method for the minimum feedback arc set problem", ACM Journal of Experimental Algorithmics 26 (2021): the
 * cheapest cover of *some* cycles bounds the answer from below; the cycles that it misses are added until it misses
 * none, or until a cover found on the way costs no more than the bound.
 */
export function coverOfAllCycles(network: ArcNetwork, workLimit: number): CycleCover {
  const budget = new WorkBudget(workLimit);
  const search = new CycleSearch(network);
  const none = new Uint8Array(network.digraph.edgeCount);
  let best = heuristicFeedbackArcs(network, none, search, budget.share(0.25));
  let weight = weightOf(network, best);
  const cycles = new CycleList();
  addFirstCycles(network, cycles, best, search, budget.share(0.25));

  let lowerBound = 0;
  for (let isQuick = true; ;) {
    const cover = minimumHittingSet(
      { sets: cycles.list, weights: network.weights, isIntegral: network.isIntegral },
      budget,
      { isQuick, target: weight },
    );
    lowerBound = Math.max(lowerBound, cover.lowerBound);
    if (lowerBound >= weight - toleranceOf(weight)) break;

    const removed = marked(none, cover.elements);
    const missed = heuristicFeedbackArcs(network, removed, search, budget.share(0.25));
    const arcs = withoutSuperfluous(network, [...cover.elements, ...missed], none, search, budget);
    if (weightOf(network, arcs) < weight) {
      best = arcs;
      weight = weightOf(network, arcs);
    }
    if (lowerBound >= weight - toleranceOf(weight) || budget.isSpent) break;
    // A quick cover that misses nothing leaves only the gap between it and its bound to close.
    isQuick = missed.length > 0;
    if (missed.length > 0) addMissedCycles(cycles, missed, removed, search, budget);
  }
  const isExact = lowerBound >= weight - toleranceOf(weight);
  return { arcs: best, weight, lowerBound: isExact ? weight : lowerBound, isExact };
}

/** Cycles as sets of arcs, each set once. */
class CycleList {
  readonly list: Int32Array[] = [];
  readonly #known = new Set<string>();

  add(cycle: readonly number[] | undefined): void {
    if (cycle === undefined) return;
    const arcs = Int32Array.from(cycle).sort();
    const key = arcs.join();
    if (this.#known.has(key)) return;
    this.#known.add(key);
    this.list.push(arcs);
  }
}

function marked(none: RemovedArcs, arcs: readonly number[]): RemovedArcs {
  const removed = none.slice();
  for (const arc of arcs) removed[arc] = 1;
  return removed;
}

/**
 * Shortest cycles until each arc is on one. Those through a known cover come first, since the budget may not reach
 * further.
 */
function addFirstCycles(
  network: ArcNetwork,
  cycles: CycleList,
  cover: readonly number[],
  search: CycleSearch,
  budget: WorkBudget,
): void {
  const { edgeCount } = network.digraph;
  const none = new Uint8Array(edgeCount);
  const isMet = new Uint8Array(edgeCount);
  const addThrough = (arc: number): void => {
    if (isMet[arc] === 1 || budget.isSpent) return;
    const cycle = search.cycleThrough(arc, none, budget)!;
    cycles.add(cycle);
    for (const member of cycle) isMet[member] = 1;
  };
  for (const arc of cover) addThrough(arc);
  for (let arc = 0; arc < edgeCount; arc++) addThrough(arc);
}

/** For each missed arc a cycle that no other missed arc meets, and a shortest one. */
function addMissedCycles(
  cycles: CycleList,
  missed: readonly number[],
  removed: RemovedArcs,
  search: CycleSearch,
  budget: WorkBudget,
): void {
  const out = marked(removed, missed);
  for (const arc of missed) {
    cycles.add(search.cycleThrough(arc, out, budget));
    cycles.add(search.cycleThrough(arc, removed, budget));
  }
}
