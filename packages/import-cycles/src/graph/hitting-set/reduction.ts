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
  const { sets } = system;
  const membership = membershipOf(system);
  const common = new Uint32Array(sets.length);
  const isDropped = new Uint8Array(sets.length);
  const touched: number[] = [];
  for (const [at, set] of sets.entries()) {
    touched.length = 0;
    let steps = 0;
    for (const element of set) {
      const end = membership.offsets[element + 1]!;
      steps += end - membership.offsets[element]!;
      for (let entry = membership.offsets[element]!; entry < end; entry++) {
        const other = membership.sets[entry]!;
        if (isDropped[other] === 1) continue;
        if (common[other]! === 0) touched.push(other);
        if (++common[other]! === sets[other]!.length && other !== at) {
          if (sets[other]!.length < set.length || other < at) isDropped[at] = 1;
        }
      }
    }
    for (const other of touched) common[other] = 0;
    budget.spend(steps);
  }
  return sets.filter((_, at) => isDropped[at] === 0);
}

/** Takes each dominated element out of its sets; of equals the lowest stays. */
function withoutDominatedElements(system: SetSystem, budget: WorkBudget): readonly Int32Array[] {
  const { sets, weights } = system;
  const membership = membershipOf(system);
  const common = new Uint32Array(weights.length);
  const isDropped = new Uint8Array(weights.length);
  const touched: number[] = [];
  let dropped = 0;
  const hits = (element: number): number => membership.offsets[element + 1]! - membership.offsets[element]!;
  for (let element = 0; element < weights.length; element++) {
    if (hits(element) === 0) continue;
    touched.length = 0;
    let steps = 0;
    for (let entry = membership.offsets[element]!; entry < membership.offsets[element + 1]!; entry++) {
      const set = sets[membership.sets[entry]!]!;
      steps += set.length;
      for (const other of set) {
        if (common[other]! === 0) touched.push(other);
        common[other]!++;
      }
    }
    for (const other of touched) {
      const isDominating =
        other !== element &&
        isDropped[other] === 0 &&
        common[other] === hits(element) &&
        (weights[other]! < weights[element]! ||
          (weights[other] === weights[element] && (hits(other) > hits(element) || other < element)));
      if (isDominating) isDropped[element] = 1;
      common[other] = 0;
    }
    dropped += isDropped[element]!;
    budget.spend(steps);
  }
  if (dropped === 0) return sets;
  return sets.map((set) =>
    set.some((element) => isDropped[element] === 1) ? set.filter((element) => isDropped[element] === 0) : set,
  );
}
