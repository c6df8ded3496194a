import type { Keeper } from '../../model/sandbox.ts';

/** A second process under the same limit, which takes little and must live through everything. */
export interface Companion {
  /** Holds so much of the limit, 0-1. Does nothing once it is gone. */
  hold(share: number): Promise<void>;
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
  return {
    hold: async (share) => {
      const wanted = Math.round(share * limitBytes);
      if (gone || wanted === heldBytes) return;
      const reply = await victim.memory(wanted);
      if (reply.outcome === 'died') gone = true;
      else heldBytes = reply.figures['heldBytes'] ?? heldBytes;
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
