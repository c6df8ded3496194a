import type { CgroupWitness, DeathEvidence } from './death-evidence.ts';

/** The kernel charges in batches of 64 pages on each processor, so a limit is hit a little below it. */
const SLACK = 0.02;

export interface GuiltyLimit {
  readonly by: 'own-limit' | 'ancestor-limit' | 'host';
  readonly limitBytes?: number;
  readonly limitFolder?: string;
  readonly witness?: string;
  /** That it was this one; a kill for memory is certain or not apart from it. */
  readonly isSure: boolean;
}

/**
 * Whose limit was hit, when the kernel killed for memory. Version 2 counts hits of each cgroup. Version 1 does not: there the
 * innermost cgroup is guilty whose peak reached its limit, and one whose peak stood there before only where no other has one.
 */
export function findGuiltyLimit(evidence: DeathEvidence): GuiltyLimit {
  const cgroups = evidence.cgroups ?? [];
  const hits = cgroups.map((cgroup) => ({ cgroup, hit: wasHit(cgroup) }));
  const at = (kind: Hit) => hits.findIndex(({ hit }) => hit === kind);
  const index = at('now') >= 0 ? at('now') : at('before-too');
  const guilty = cgroups[index];
  if (guilty !== undefined) {
    return {
      by: index === 0 ? 'own-limit' : 'ancestor-limit',
      ...(guilty.limitBytes === undefined ? {} : { limitBytes: guilty.limitBytes }),
      limitFolder: guilty.folder,
      witness: hitText(guilty),
      isSure: hits[index]?.hit === 'now',
    };
  }
  if (hits.some(({ hit }) => hit === 'no') && hits[0]?.hit !== 'unknown') return hostOf(evidence);
  // The cgroup vanished with the container before it could be read again.
  const own = cgroups[0];
  return {
    by: 'own-limit',
    ...(own?.limitBytes === undefined ? {} : { limitBytes: own.limitBytes, limitFolder: own.folder }),
    isSure: false,
  };
}

type Hit = 'now' | 'before-too' | 'no' | 'unknown';

function wasHit({ limitBytes, before, after }: CgroupWitness): Hit {
  const [hitsBefore, hitsAfter] = [before.kills?.ownLimitHits, after.kills?.ownLimitHits];
  if (hitsBefore !== undefined && hitsAfter !== undefined) return hitsAfter > hitsBefore ? 'now' : 'no';
  if (limitBytes === undefined) return after.kills === undefined ? 'unknown' : 'no';
  if (after.peakBytes === undefined) return 'unknown';
  const reached = limitBytes * (1 - SLACK);
  if (after.peakBytes < reached) return 'no';
  return before.peakBytes !== undefined && before.peakBytes >= reached ? 'before-too' : 'now';
}

function hitText({ folder, limitBytes, before, after }: CgroupWitness): string {
  const [hitsBefore, hitsAfter] = [before.kills?.ownLimitHits, after.kills?.ownLimitHits];
  const limit = limitBytes === undefined ? '' : ` of ${limitBytes} bytes`;
  if (hitsBefore !== undefined && hitsAfter !== undefined) {
    return `the limit${limit} of ${folder} was hit: oom rose from ${hitsBefore} to ${hitsAfter}`;
  }
  return `the peak of ${folder} reached ${after.peakBytes} bytes, its limit is ${limitBytes}`;
}

/** Below this share of its memory a machine is out of it. */
const OUT_OF_MEMORY_SHARE = 0.05;

/** No limit that can be seen was hit: the machine's memory was, or a limit further up than can be seen. */
function hostOf({ machine }: DeathEvidence): GuiltyLimit {
  if (machine === undefined) return { by: 'host', isSure: false };
  const { lowestAvailableBytes, totalBytes } = machine;
  return {
    by: 'host',
    witness: `${lowestAvailableBytes} of ${totalBytes} bytes of the machine were available at least`,
    isSure: lowestAvailableBytes < totalBytes * OUT_OF_MEMORY_SHARE,
  };
}
