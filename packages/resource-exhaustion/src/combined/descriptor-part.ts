import type { Sandbox } from '../model/sandbox.ts';
import type { Patience } from '../pressure/patience.ts';
import { releaseVictim } from '../pressure/release-victim.ts';
import type { Part } from './part.ts';

/** @param unreserved a fault: no descriptor is kept back for control. */
export async function descriptorPart(
  sandbox: Sandbox,
  { share, unreserved, patience }: { share: number | 'untilFull'; unreserved: boolean; patience: Patience },
): Promise<Part> {
  const limit = sandbox.effective.descriptors ?? sandbox.declared.descriptors;
  const target = share === 'untilFull' ? limit : Math.floor(limit * share);
  const victim = await sandbox.keeper.startVictim();
  return {
    part: 'descriptors',
    target,
    limit,
    victims: [victim],
    async start() {
      const base = (await patience.wait(victim.descriptors(0, { unreserved })))?.figures['base'] ?? 0;
      // One more than there are, so that it is the kernel that says that it is full.
      const wanted = target - base + (share === 'untilFull' ? 1 : 0);
      const reply = await patience.wait(victim.descriptors(wanted, { unreserved }));
      if (share !== 'untilFull')
        return reply?.outcome === 'done' ? undefined : `refused: ${reply?.error ?? 'no answer'}`;
      return reply?.error === 'EMFILE'
        ? undefined
        : `expected EMFILE, got ${reply?.error ?? reply?.outcome ?? 'no answer'}`;
    },
    level: ({ processes }) => processes.find((one) => one.victim === victim.id)?.descriptors,
    isAt: (level) => level >= target,
    keep: async () => undefined,
    release: () => releaseVictim(victim),
  };
}
