import type { Membership, SetSystem } from './set-system.ts';

/**
 * A hitting set in which no element is superfluous: first what has no positive cost, then for each set that is not
 * hit the element that is cheapest per set it would hit.
 *
 * @param costs - What to go by; may differ from the weights, and may be negative.
 */
export function greedyHittingSet(system: SetSystem, membership: Membership, costs: Float64Array): number[] {
  const { sets, weights } = system;
  const { offsets } = membership;
  const hits = new Uint32Array(sets.length);
  const open = new Int32Array(weights.length);
  for (let element = 0; element < weights.length; element++)
    open[element] = offsets[element + 1]! - offsets[element]!;

  const chosen: number[] = [];
  const choose = (element: number): void => {
    chosen.push(element);
    for (let entry = offsets[element]!; entry < offsets[element + 1]!; entry++) {
      const set = membership.sets[entry]!;
      if (hits[set]!++ === 0) for (const other of sets[set]!) open[other]!--;
    }
  };
  for (let element = 0; element < weights.length; element++) {
    if (costs[element]! <= 0 && open[element]! > 0) choose(element);
  }
  for (const [at, set] of sets.entries()) {
    if (hits[at]! > 0) continue;
    let best = set[0]!;
    for (const element of set) {
      if (costs[element]! * open[best]! < costs[best]! * open[element]!) best = element;
    }
    choose(best);
  }

  chosen.sort((a, b) => weights[b]! - weights[a]! || costs[b]! - costs[a]! || b - a);
  return chosen.filter((element) => {
    for (let entry = offsets[element]!; entry < offsets[element + 1]!; entry++) {
      if (hits[membership.sets[entry]!]! === 1) return true;
    }
    for (let entry = offsets[element]!; entry < offsets[element + 1]!; entry++)
      hits[membership.sets[entry]!]!--;
    return false;
  });
}
