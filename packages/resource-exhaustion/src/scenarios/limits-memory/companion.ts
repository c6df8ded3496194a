import { setTimeout as sleep } from 'node:timers/promises';
import type { Keeper } from '../../model/sandbox.ts';

/** The sandbox is looked at every 50 ms. */
const MOMENT_MS = 300;

/** A second process under the same limit, which takes little and must live through everything. */
export interface Companion {
  /** Holds so much of the limit, 0-1. Does nothing once it is gone. */
  hold(share: number): Promise<void>;
  /** Holds so much for a moment that must be seen, then the other share. */
  visit(share: number, afterwards: number): Promise<void>;
  /** Whether it is there, and what it said last that it holds. */
  look(): Promise<{ readonly alive: boolean; readonly heldBytes: number }>;
}

export async function startCompanion(
  keeper: Keeper,
  limitBytes: number,
  signal: AbortSignal,
): Promise<Companion> {
  const victim = await keeper.startVictim({ signal });
  let gone = false;
  let heldBytes = 0;
  void victim.ended.then(() => (gone = true));
  const hold = async (share: number): Promise<void> => {
    const wanted = Math.round(share * limitBytes);
    if (gone || wanted === heldBytes) return;
    const reply = await victim.memory(wanted);
    if (reply.outcome === 'died') gone = true;
    else heldBytes = reply.figures['heldBytes'] ?? heldBytes;
  };
  return {
    hold,
    visit: async (share, afterwards) => {
      if (share === afterwards) return;
      await hold(share);
      await sleep(MOMENT_MS, undefined, { signal });
      await hold(afterwards);
    },
    look: async () => {
      if (!gone) {
        const reply = await victim.memory(heldBytes);
        if (reply.outcome === 'died') gone = true;
      }
      return { alive: !gone, heldBytes };
    },
  };
}
