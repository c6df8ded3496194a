import type { WorkBudget } from '../work-budget.ts';
import { greedyHittingSet } from './greedy-hitting-set.ts';
import { costOf, membershipOf, sharpened, type Membership, type SetSystem } from './set-system.ts';

export interface RelaxationOptions {
  /** Cost of the best solution that is known. */
  readonly upperBound: number;
  /** Price of leaving each set unhit, to start from. */
  readonly prices?: Float64Array;
  readonly rounds: number;
}

export interface Relaxation {
  readonly lowerBound: number;
  /** Prices that give the bound. */
  readonly prices: Float64Array;
  /** Cost of each element less the prices of its sets, at these prices. */
  readonly reducedCosts: Float64Array;
  /** How often the relaxed solutions held each element, recent ones counting most: 0 to 1. */
  readonly tendency: Float64Array;
  /** Best solution met on the way, if better than the upper bound. */
  readonly solution: readonly number[] | undefined;
  readonly upperBound: number;
}

const STALE_ROUNDS = 12;
const SOLUTION_EVERY = 10;

/**
 * Lower bound for the cost of a hitting set by Lagrangian relaxation with subgradient steps (J. E. Beasley, "A
 * Lagrangian heuristic for set-covering problems", Naval Research Logistics 37, 1990). Any prices give a valid bound,
 * so it needs no linear programming and no trust in convergence; solutions of the relaxed problem, repaired, serve as
 * upper bounds.
 */
export function relaxed(system: SetSystem, options: RelaxationOptions, budget: WorkBudget): Relaxation {
  const { sets, weights, isIntegral } = system;
  const membership = membershipOf(system);
  const prices = options.prices?.slice() ?? startingPrices(system, membership);
  const costs = new Float64Array(weights.length);
  const slack = new Float64Array(sets.length);
  const tendency = new Float64Array(weights.length);
  let best = { lowerBound: -Infinity, prices: prices.slice(), reducedCosts: costs.slice() };
  let { upperBound } = options;
  let solution: readonly number[] | undefined;
  let stepSize = options.prices === undefined ? 1.5 : 0.5;
  let stale = 0;

  for (let round = 0; round < options.rounds; round++) {
    const value = priceOut(system, prices, costs);
    budget.spend(2 * membership.sets.length);
    if (value > best.lowerBound + 1e-7) {
      if (value > best.lowerBound + 1e-5 * upperBound) stale = 0;
      best = { lowerBound: value, prices: prices.slice(), reducedCosts: costs.slice() };
    }
    if (round % SOLUTION_EVERY === 0) {
      const found = greedyHittingSet(system, membership, costs);
      budget.spend(2 * membership.sets.length);
      const cost = costOf(system, found);
      if (cost < upperBound) {
        upperBound = cost;
        solution = found;
      }
    }
    if (sharpened(best.lowerBound, isIntegral) >= upperBound || budget.isSpent || stepSize < 1e-3) break;
    if (++stale > STALE_ROUNDS) {
      stale = 0;
      stepSize /= 2;
      prices.set(best.prices);
      priceOut(system, prices, costs);
    }

    let norm = 0;
    for (const [at, set] of sets.entries()) {
      let hit = 0;
      for (const element of set) if (costs[element]! < 0) hit++;
      slack[at] = 1 - hit;
      norm += (1 - hit) * (1 - hit);
    }
    for (let element = 0; element < weights.length; element++) {
      tendency[element] = 0.9 * tendency[element]! + (costs[element]! < 0 ? 0.1 : 0);
    }
    if (norm === 0) break;
    const step = (stepSize * (1.02 * upperBound - value)) / norm;
    for (let at = 0; at < sets.length; at++) prices[at] = Math.max(0, prices[at]! + step * slack[at]!);
  }
  return { ...best, tendency, solution, upperBound };
}

/** Each set pays an equal share of its cheapest element: already a valid packing. */
function startingPrices(system: SetSystem, { offsets }: Membership): Float64Array {
  return Float64Array.from(system.sets, (set) =>
    set.reduce(
      (price, element) =>
        Math.min(price, system.weights[element]! / (offsets[element + 1]! - offsets[element]!)),
      Infinity,
    ),
  );
}

/** Fills in the reduced costs and returns the value of the relaxed problem. */
function priceOut(system: SetSystem, prices: Float64Array, costs: Float64Array): number {
  costs.set(system.weights);
  let value = 0;
  for (const [at, set] of system.sets.entries()) {
    const price = prices[at]!;
    value += price;
    for (const element of set) costs[element]! -= price;
  }
  for (const cost of costs) if (cost < 0) value += cost;
  return value;
}
