import type { CollectionOutcome } from '../model/collection-outcome.ts';

type TimedOut = Extract<CollectionOutcome, { kind: 'timed-out' }>;

/** What the kernel calls a process that waits for nothing. */
const COMPUTES = 'nothing: it computes';

const QUIET_SHARE = 0.1;
const QUIET_MS = 5_000;

/** Whether a run that took too long stood still at its last place, rather than being slow all over. */
export function isHung({ afterMs, at }: TimedOut): boolean {
  const quietMs = afterMs - at.atMs;
  return quietMs >= QUIET_SHARE * afterMs || quietMs >= QUIET_MS;
}

export function computes({ waitsFor }: TimedOut): boolean {
  return waitsFor === COMPUTES;
}

/** Python waits at its exit for the threads that are no daemons. */
export function waitsForThreads({ at, stacks }: TimedOut): boolean {
  const frames = stacks[0]?.frames.slice(0, 4) ?? [];
  return (
    at.phase === 'exit' &&
    frames.some(({ path, function: name }) => name === '_shutdown' && path.endsWith('threading.py'))
  );
}
