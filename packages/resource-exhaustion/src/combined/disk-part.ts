import { posix } from 'node:path';
import { diskRoom } from '../disk/disk-room.ts';
import type { Sandbox } from '../model/sandbox.ts';
import type { Patience } from '../pressure/patience.ts';
import { releaseVictim } from '../pressure/release-victim.ts';
import type { Part } from './part.ts';

const POINT = 0.01;

export async function diskPart(
  sandbox: Sandbox,
  { share, patience }: { share: number | 'untilFull'; patience: Patience },
): Promise<Part> {
  const place = await sandbox.keeper.inside.disk(sandbox.diskFolder);
  const { isLimited, bytes } = diskRoom({ share }, sandbox, place);
  const limit = isLimited ? place.sizeBytes : sandbox.declared.diskBytes;
  const target = Math.round(share === 'untilFull' ? limit : limit * share);
  const usedElsewhere = isLimited ? 0 : place.sizeBytes - place.freeBytes;
  const path = posix.join(sandbox.diskFolder, 'seaworthy-combined');
  const victim = await sandbox.keeper.startVictim();
  return {
    part: 'disk',
    target,
    limit,
    victims: [victim],
    async start() {
      const reply = await patience.wait(victim.disk(path, bytes));
      if (share !== 'untilFull')
        return reply?.outcome === 'done' ? undefined : `refused: ${reply?.error ?? 'no answer'}`;
      return reply?.outcome === 'refused'
        ? undefined
        : `expected ENOSPC, got ${reply?.outcome ?? 'no answer'}`;
    },
    level: ({ reading }) =>
      reading.disk === undefined
        ? undefined
        : reading.disk.sizeBytes - reading.disk.freeBytes - usedElsewhere,
    isAt: (level) => level >= target - limit * POINT,
    keep: async () => undefined,
    async release() {
      await releaseVictim(victim);
      await sandbox.keeper.inside.removeFile(path).catch(() => undefined);
    },
  };
}
