import type { ExerciseResult } from '../model/exhaustion.ts';
import type { Victim } from '../model/victim.ts';
import type { Patience } from './patience.ts';

/** Lets a victim do everyday things, and tells which of them worked. One that does not answer could do none. */
export async function exerciseVictim(victim: Victim, patience: Patience): Promise<ExerciseResult> {
  const start = performance.now();
  const reply = await patience.wait(victim.exercise());
  const figures = reply?.figures ?? {};
  return {
    answered: reply !== undefined && reply.outcome !== 'died',
    answerMs: Math.round((performance.now() - start) * 10) / 10,
    reservedRead: figures['reservedRead'] === 1,
    openFile: figures['openFile'] === 1,
    spawn: figures['spawn'] === 1,
    importModule: figures['importModule'] === 1,
  };
}
