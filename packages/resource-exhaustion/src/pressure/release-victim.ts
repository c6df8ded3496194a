import type { Victim } from '../model/victim.ts';
import { atMost } from './at-most.ts';

const RELEASED_WITHIN_MS = 10_000;

/** Lets a victim give everything back. One that hangs is not waited for: what it keeps is seen by who measures afterwards. */
export async function releaseVictim(victim: Victim): Promise<void> {
  await atMost(victim.release(), RELEASED_WITHIN_MS);
}
