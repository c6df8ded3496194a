import { parseField } from '../files/parse-number.ts';
import type { MemoryKills } from '../model/figures.ts';
import type { CgroupFileTexts } from './figure-files.ts';

/**
 * The kernel's counts of kills for memory. A kill is counted in the cgroup of the victim, a hit in that whose limit it was.
 *
 * Version 1 counts no hits that could be believed: `memory.failcnt` counts every time that memory had to be reclaimed (a
 * file that was read through is enough), and may be 0 after a kill. Version 2 before Linux 5.2 has no counts of the cgroup
 * alone, so there `own` counts what is below as well.
 */
export function parseKills(texts: CgroupFileTexts, version: 1 | 2): MemoryKills | undefined {
  if (version === 1) {
    const own = parseField(texts['memory.oom_control'], 'oom_kill');
    return own === undefined ? undefined : { own };
  }
  const hierarchical = parseField(texts['memory.events'], 'oom_kill');
  if (hierarchical === undefined) return undefined;
  const local = texts['memory.events.local'] ?? texts['memory.events'];
  const ownLimitHits = parseField(local, 'oom');
  return {
    own: parseField(local, 'oom_kill') ?? hierarchical,
    hierarchical,
    ...(ownLimitHits === undefined ? {} : { ownLimitHits }),
  };
}
