import { platform } from 'node:os';
import { makeCgroup } from '@seaworthy/cgroups';
import type { Tier } from '@seaworthy/resource-exhaustion';
import type { Subject, Workspace } from '@seaworthy/scenario';

/** Enough for any process, and little enough to lie below every limit around this one. */
const TRIED_BYTES = 64 * 2 ** 20;

/** Where victims of the memory and limit scenarios would run here, found out by making such a place. */
export async function victimTier(subject: Subject, workspace: Workspace): Promise<Tier> {
  if (subject.kind === 'image') return 'container';
  await using made = await makeCgroup(workspace, { memoryBytes: TRIED_BYTES }, 'tier');
  if (made !== undefined) return made.cgroup.version === 2 ? 'cgroup-v2' : 'cgroup-v1';
  return platform() === 'linux' ? 'rlimit' : 'self-limited';
}

/** In the words of the head of a run. */
export function describeTier(tier: Tier): string {
  switch (tier) {
    case 'container':
      return 'victims run in throw-away containers of it';
    case 'cgroup-v2':
    case 'cgroup-v1':
      return `victims run in a control group of their own (cgroup ${tier.slice(-2)})`;
    case 'rlimit':
      return 'victims run with limits of their own process alone (rlimit), since no control group can be made';
    case 'self-limited':
      return 'victims limit themselves: nothing enforces their limits here';
  }
}
