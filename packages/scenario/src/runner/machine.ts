import type { Footprint } from '../scenario.ts';

/** What there is to share. */
export interface Capacity {
  readonly cores: number;
  readonly memoryBytes: number;
}

/**
 * The index of the waiting job that may start now, beside the ones that run, or `undefined` when it is better to wait.
 *
 * Jobs that share go first, each as soon as what it needs is free, in the order given (a small one may overtake a big
 * one). One that needs more than the machine has runs when nothing else does. Exclusive ones come last, one by
 * one, in the order given: who waits sees most results early, and by then nothing of the others is left to disturb
 * their timing.
 */
export function chooseNext(
  waiting: readonly Footprint[],
  running: readonly Footprint[],
  capacity: Capacity,
): number | undefined {
  if (running.some((footprint) => footprint.exclusive === true)) return undefined;
  const sharing = waiting.some((footprint) => footprint.exclusive !== true);
  const cores = capacity.cores - sum(running, (footprint) => footprint.cores);
  const memoryBytes = capacity.memoryBytes - sum(running, (footprint) => footprint.memoryBytes);
  const fits = (footprint: Footprint): boolean =>
    footprint.exclusive !== true && footprint.cores <= cores && footprint.memoryBytes <= memoryBytes;

  const next = waiting.findIndex(fits);
  if (next !== -1) return next;
  if (running.length > 0 || waiting.length === 0) return undefined;
  return sharing ? waiting.findIndex((footprint) => footprint.exclusive !== true) : 0;
}

function sum(footprints: readonly Footprint[], of: (footprint: Footprint) => number): number {
  return footprints.reduce((total, footprint) => total + of(footprint), 0);
}
