import type { WorkBudget } from '../work-budget.ts';
import { greedyHittingSet } from './greedy-hitting-set.ts';
import { relaxed, type Relaxation } from './lagrangian-bound.ts';
import { reduced } from './reduction.ts';
import { costOf, membershipOf, sharpened, toleranceOf, type SetSystem } from './set-system.ts';

export interface HittingSet {
  readonly elements: readonly number[];
  readonly cost: number;
  /** No hitting set costs less than this; equal to `cost` where it is proven cheapest. */
  readonly lowerBound: number;
}

const ROOT_ROUNDS = 1500;
const NODE_ROUNDS = 60;

/** A choice that is still open: the sets that are left once `chosen` is taken and others are ruled out. */
interface Branch {
  readonly sets: readonly Int32Array[];
  readonly chosen: readonly number[];
  readonly lowerBound: number;
  readonly isRoot: boolean;
}

export interface BranchOptions {
  /** How many branches may be looked at; 1 stops after the root, with a quick solution and a bound. */
  readonly branchLimit?: number;
  /** No proof is wanted beyond this: branches that cannot go below it are not followed. */
  readonly target?: number;
}

/**
 * Cheapest hitting set of a system by branch and bound: depth first, bounded by Lagrangian relaxation, with the
 * reductions applied again in each branch.
 */
export function cheapestHittingSet(
  system: SetSystem,
  budget: WorkBudget,
  { branchLimit = Infinity, target = Infinity }: BranchOptions = {},
): HittingSet {
  let best: readonly number[] = greedyHittingSet(system, membershipOf(system), system.weights);
  let upperBound = costOf(system, best);
  const open: Branch[] = [{ sets: system.sets, chosen: [], lowerBound: 0, isRoot: true }];
  let unfinishedBound = Infinity;
  const isHopeless = (bound: number): boolean => {
    const worthwhile = Math.min(upperBound, target);
    return (
      sharpened(bound, system.isIntegral) >= worthwhile - (system.isIntegral ? 0 : toleranceOf(worthwhile))
    );
  };
  const offer = (elements: readonly number[]): void => {
    const cost = costOf(system, elements);
    if (cost >= upperBound) return;
    upperBound = cost;
    best = elements;
  };

  for (let visited = 0; open.length > 0; visited++) {
    const branch = open.pop()!;
    if (isHopeless(branch.lowerBound)) continue;
    if (visited >= branchLimit || budget.isSpent) {
      unfinishedBound = Math.min(unfinishedBound, branch.lowerBound);
      continue;
    }
    open.push(...expand(system, branch, Math.min(upperBound, target), isHopeless, offer, budget));
  }
  const proven = Math.min(upperBound, target);
  const lowerBound =
    unfinishedBound < proven ? Math.min(proven, sharpened(unfinishedBound, system.isIntegral)) : proven;
  return { elements: best, cost: upperBound, lowerBound };
}

function expand(
  whole: SetSystem,
  branch: Branch,
  upperBound: number,
  isHopeless: (bound: number) => boolean,
  offer: (elements: readonly number[]) => void,
  budget: WorkBudget,
): Branch[] {
  // A set that lost all its elements, ruled out one by one: nothing better is in this branch.
  if (branch.sets.some((set) => set.length === 0)) return [];
  const small = reduced({ ...whole, sets: branch.sets }, budget);
  const chosen = [...branch.chosen, ...small.chosen];
  const base = costOf(whole, chosen);
  const { sets } = small.system;
  if (sets.length === 0) {
    offer(chosen);
    return [];
  }
  if (isHopeless(base)) return [];
  const relaxation = relaxed(
    small.system,
    { upperBound: upperBound - base, rounds: branch.isRoot ? ROOT_ROUNDS : NODE_ROUNDS },
    budget,
  );
  if (relaxation.solution !== undefined) offer([...chosen, ...relaxation.solution]);
  const lowerBound = Math.max(branch.lowerBound, base + relaxation.lowerBound);
  if (isHopeless(lowerBound)) return [];

  const { isOut, forced } = decidedBy(whole, relaxation, base, isHopeless);
  const left = leftAfter(sets, forced, isOut);
  const chosenToo = [...chosen, ...forced];
  if (left.length === 0) {
    offer(chosenToo);
    return [];
  }
  const pivot = pivotOf(left, relaxation);
  return [
    {
      sets: leftAfter(left, [], (element) => element === pivot),
      chosen: chosenToo,
      lowerBound,
      isRoot: false,
    },
    { sets: leftAfter(left, [pivot], () => false), chosen: [...chosenToo, pivot], lowerBound, isRoot: false },
  ];
}

/** Elements that no better solution holds, and those that every better one holds, by their reduced costs. */
function decidedBy(
  system: SetSystem,
  relaxation: Relaxation,
  base: number,
  isHopeless: (bound: number) => boolean,
): { isOut: (element: number) => boolean; forced: number[] } {
  const bound = base + relaxation.lowerBound;
  const forced: number[] = [];
  for (let element = 0; element < system.weights.length; element++) {
    const cost = relaxation.reducedCosts[element]!;
    if (cost < 0 && isHopeless(bound - cost)) forced.push(element);
  }
  const isOut = (element: number): boolean => {
    const cost = relaxation.reducedCosts[element]!;
    return cost > 0 && isHopeless(bound + cost);
  };
  return { isOut, forced };
}

function leftAfter(
  sets: readonly Int32Array[],
  chosen: readonly number[],
  isOut: (element: number) => boolean,
): Int32Array[] {
  const taken = new Set(chosen);
  return sets
    .filter((set) => !set.some((element) => taken.has(element)))
    .map((set) => (set.some(isOut) ? set.filter((element) => !isOut(element)) : set));
}

/** The element about which the relaxation is least decided; among equals the one in most sets. */
function pivotOf(sets: readonly Int32Array[], relaxation: Relaxation): number {
  const hits = new Map<number, number>();
  for (const set of sets) for (const element of set) hits.set(element, (hits.get(element) ?? 0) + 1);
  let pivot = -1;
  let bestScore = -Infinity;
  for (const [element, count] of hits) {
    const doubt = 0.5 - Math.abs(relaxation.tendency[element]! - 0.5);
    const score = (0.05 + doubt) * Math.sqrt(count);
    if (score > bestScore || (score === bestScore && element < pivot)) {
      bestScore = score;
      pivot = element;
    }
  }
  return pivot;
}
