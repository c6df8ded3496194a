import type { WorkBudget } from '../work-budget.ts';
import { cheapestHittingSet, type HittingSet } from './branch-and-bound.ts';
import { reduced } from './reduction.ts';
import { compacted, costOf, independentParts, type SetSystem } from './set-system.ts';

export interface HittingSetOptions {
  /** Stop after the root of each part's search. */
  readonly isQuick?: boolean;
  /** A cost that is known to be reachable otherwise: a bound that reaches it is enough. */
  readonly target?: number;
}

/** Cheapest elements that hit every set of a system: reductions first, then each independent part for itself. */
export function minimumHittingSet(
  system: SetSystem,
  budget: WorkBudget,
  { isQuick = false, target = Infinity }: HittingSetOptions = {},
): HittingSet {
  const small = reduced(system, budget);
  const parts = independentParts(small.system).map((part) => compacted(part));
  const solved = parts.map((part) => cheapestHittingSet(part.system, budget, { branchLimit: 1 }));
  const fixed = costOf(system, small.chosen);
  const boundOf = (): number => solved.reduce((sum, part) => sum + part.lowerBound, fixed);

  for (const [at, part] of parts.entries()) {
    const quick = solved[at]!;
    const isEnough = isQuick || quick.cost <= quick.lowerBound || boundOf() >= target;
    if (isEnough) continue;
    const partTarget = target - boundOf() + quick.lowerBound;
    const thorough = cheapestHittingSet(part.system, budget, { target: partTarget });
    solved[at] = { ...thorough, lowerBound: Math.max(thorough.lowerBound, quick.lowerBound) };
  }

  const elements = [...small.chosen];
  for (const [at, part] of parts.entries()) {
    for (const element of solved[at]!.elements) elements.push(part.elements[element]!);
  }
  elements.sort((a, b) => a - b);
  return { elements, cost: costOf(system, elements), lowerBound: boundOf() };
}
