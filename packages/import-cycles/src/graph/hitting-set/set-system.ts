/**
 * Sets over weighted elements, each of which must be hit by a chosen element. Elements are numbers below
 * `weights.length`; those that are in no set cost nothing.
 */
export interface SetSystem {
  /** Elements of each set, ascending and without duplicates. */
  readonly sets: readonly Int32Array[];
  /** Positive. Shared by all systems made from one. */
  readonly weights: Float64Array;
  /** All weights are whole numbers. */
  readonly isIntegral: boolean;
}

/** For each element the sets that hold it, in compressed rows. */
export interface Membership {
  readonly offsets: Uint32Array;
  readonly sets: Uint32Array;
}

export function membershipOf(system: SetSystem): Membership {
  const offsets = new Uint32Array(system.weights.length + 1);
  for (const set of system.sets) for (const element of set) offsets[element + 1]!++;
  for (let element = 0; element < system.weights.length; element++)
    offsets[element + 1]! += offsets[element]!;
  const next = offsets.slice(0, system.weights.length);
  const sets = new Uint32Array(offsets[system.weights.length]!);
  for (const [at, set] of system.sets.entries()) for (const element of set) sets[next[element]!++] = at;
  return { offsets, sets };
}

/** The same system with its elements numbered without gaps; `elements[i]` is what `i` was called. */
export function compacted(system: SetSystem): { system: SetSystem; elements: Int32Array } {
  const isUsed = new Uint8Array(system.weights.length);
  for (const set of system.sets) for (const element of set) isUsed[element] = 1;
  const elements: number[] = [];
  const newName = new Int32Array(system.weights.length);
  for (let element = 0; element < isUsed.length; element++) {
    if (isUsed[element] === 1) newName[element] = elements.push(element) - 1;
  }
  return {
    system: {
      sets: system.sets.map((set) => set.map((element) => newName[element]!)),
      weights: Float64Array.from(elements, (element) => system.weights[element]!),
      isIntegral: system.isIntegral,
    },
    elements: Int32Array.from(elements),
  };
}

/** Tells systems apart that share no element: each can be solved for itself. In the order of their first sets. */
export function independentParts(system: SetSystem): SetSystem[] {
  const group = Int32Array.from({ length: system.weights.length }, (_, element) => element);
  const find = (element: number): number => {
    let root = element;
    while (group[root] !== root) {
      group[root] = group[group[root]!]!;
      root = group[root]!;
    }
    return root;
  };
  for (const set of system.sets) {
    const root = find(set[0]!);
    for (const element of set) group[find(element)] = root;
  }
  const parts = new Map<number, Int32Array[]>();
  for (const set of system.sets) {
    const root = find(set[0]!);
    const part = parts.get(root);
    if (part === undefined) parts.set(root, [set]);
    else part.push(set);
  }
  return [...parts.values()].map((sets) => ({ ...system, sets }));
}

export function costOf(system: SetSystem, elements: Iterable<number>): number {
  let cost = 0;
  for (const element of elements) cost += system.weights[element]!;
  return cost;
}

/** Below this a difference between a bound and a cost is rounding. */
export function toleranceOf(cost: number): number {
  return 1e-9 * (1 + Math.abs(cost));
}

/** What a lower bound says about a cost: with whole weights it can be rounded up. */
export function sharpened(bound: number, isIntegral: boolean): number {
  return isIntegral ? Math.ceil(bound - toleranceOf(bound)) : bound;
}
