import type { WorkBudget } from '../work-budget.ts';
import { membershipOf, type SetSystem } from './set-system.ts';

export interface Reduced {
  /** What is left to decide. */
  readonly system: SetSystem;
  /** Elements that some cheapest solution of the whole holds, whatever is chosen from the rest. */
  readonly chosen: readonly number[];
}

/**
 * Makes a system smaller without losing every cheapest solution, with the classic rules for set cover until none
 * applies: the element of a set of one is chosen; a set that includes another goes; an element goes where another one
 * hits at least the same sets and costs no more.
 */
export function reduced(system: SetSystem, budget: WorkBudget): Reduced {
  const chosen: number[] = [];
  let { sets } = system;
  for (let previous = -1; previous !== sizeOf(sets) && !budget.isSpent;) {
    previous = sizeOf(sets);
    sets = withoutUnits(sets, chosen);
    sets = withoutIncluding({ ...system, sets }, budget);
    sets = withoutDominatedElements({ ...system, sets }, budget);
  }
  return { system: { ...system, sets }, chosen };
}

function sizeOf(sets: readonly Int32Array[]): number {
  return sets.reduce((sum, set) => sum + set.length, 0);
}

function withoutUnits(sets: readonly Int32Array[], chosen: number[]): readonly Int32Array[] {
  const units = new Set<number>();
  for (const set of sets) if (set.length === 1) units.add(set[0]!);
  if (units.size === 0) return sets;
  chosen.push(...units);
  return sets.filter((set) => !set.some((element) => units.has(element)));
}

/** Drops each set that holds all elements of another; of equal ones the first stays. */
function withoutIncluding(system: SetSystem, budget: WorkBudget): readonly Int32Array[] {
  const { sets, weights } = system;
  const byRarest = setsByRarestElement(system);
  const isMarked = new Uint8Array(weights.length);
  const includes = (at: number, other: number): boolean => {
    if (other === at || sets[other]!.length > sets[at]!.length) return false;
    if (sets[other]!.length === sets[at]!.length && other > at) return false;
    budget.spend(sets[other]!.length);
    return sets[other]!.every((element) => isMarked[element] === 1);
  };
  return sets.filter((set, at) => {
    for (const element of set) isMarked[element] = 1;
    budget.spend(set.length);
    const isDropped = set.some((element) => byRarest[element]?.some((other) => includes(at, other)));
    for (const element of set) isMarked[element] = 0;
    return !isDropped;
  });
}

/** Sets filed under the one of their elements that is in fewest sets: that is where a set that includes it finds it. */
function setsByRarestElement(system: SetSystem): (number[] | undefined)[] {
  const { offsets } = membershipOf(system);
  const filed: (number[] | undefined)[] = new Array<number[] | undefined>(system.weights.length);
  for (const [at, set] of system.sets.entries()) {
    let rarest = set[0]!;
    for (const element of set) {
      const isRarer = offsets[element + 1]! - offsets[element]! < offsets[rarest + 1]! - offsets[rarest]!;
      if (isRarer) rarest = element;
    }
    (filed[rarest] ??= []).push(at);
  }
  return filed;
}

/** Takes each dominated element out of its sets; of equals the lowest stays. */
function withoutDominatedElements(system: SetSystem, budget: WorkBudget): readonly Int32Array[] {
  const { sets, weights } = system;
  const membership = membershipOf(system);
  const isDropped = new Uint8Array(weights.length);
  const setsOf = (element: number): Uint32Array =>
    membership.sets.subarray(membership.offsets[element]!, membership.offsets[element + 1]!);
  const hits = (element: number): number => membership.offsets[element + 1]! - membership.offsets[element]!;
  const isAsGood = (other: number, element: number): boolean => {
    if (other === element || isDropped[other] === 1) return false;
    if (weights[other]! > weights[element]! || hits(other) < hits(element)) return false;
    const isEqual = weights[other] === weights[element] && hits(other) === hits(element);
    return !isEqual || other < element;
  };
  const hitsAllOf = (other: number, holders: Uint32Array): boolean =>
    holders.every((set) => {
      budget.spend(1);
      return holds(sets[set]!, other);
    });

  let dropped = 0;
  for (let element = 0; element < weights.length && !budget.isSpent; element++) {
    const holders = setsOf(element);
    if (holders.length === 0) continue;
    const isDominated = shortestOf(sets, holders).some(
      (other) => isAsGood(other, element) && hitsAllOf(other, holders),
    );
    if (!isDominated) continue;
    isDropped[element] = 1;
    dropped++;
  }
  if (dropped === 0) return sets;
  return sets.map((set) =>
    set.some((element) => isDropped[element] === 1) ? set.filter((element) => isDropped[element] === 0) : set,
  );
}

function shortestOf(sets: readonly Int32Array[], candidates: Uint32Array): Int32Array {
  return candidates.reduce<Int32Array>(
    (shortest, set) => (sets[set]!.length < shortest.length ? sets[set]! : shortest),
    sets[candidates[0]!]!,
  );
}

/** Binary search in an ascending set. */
function holds(set: Int32Array, element: number): boolean {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (set[middle]! < element) low = middle + 1;
    else high = middle;
  }
  return set[low] === element;
}
