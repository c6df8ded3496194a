import type { Victim } from '../model/victim.ts';
import { atMost } from './at-most.ts';

/** The keeper kills those that do not go in 2 s. */
const ENDED_WITHIN_MS = 5_000;

/**
 * Ends victims in order; the keeper kills those that do not go. Never rejects: where the keeper is gone, so are they. One that
 * hangs is not waited for: whoever closes the sandbox ends it with all that is in it.
 */
export async function endVictims(
  victims: readonly Victim[],
  withinMs: number = ENDED_WITHIN_MS,
): Promise<void> {
  await atMost(Promise.allSettled(victims.map((victim) => victim.end())), withinMs);
}
