import type { Victim } from '../model/victim.ts';

/** Ends victims in order; the keeper kills those that do not go. Never rejects: where the keeper is gone, so are they. */
export async function endVictims(victims: readonly Victim[]): Promise<void> {
  await Promise.allSettled(victims.map((victim) => victim.end()));
}
