import type { LimitDifference } from '@seaworthy/container-engine';
import type { SandboxLimits } from '../model/sandbox.ts';

/** The kernel counts memory in pages, the largest of which (arm64) have 64 KiB, and CPU time in whole us of a period. */
const SLACK: Readonly<SandboxLimits> = {
  memoryBytes: 65_536,
  diskBytes: 65_536,
  cpus: 0.001,
  pids: 0,
  descriptors: 0,
};

/** What was declared and is not in force, by the names of a container's limits. */
export function limitDifferences(
  declared: SandboxLimits,
  effective: Partial<SandboxLimits>,
  diskFolder: string,
): LimitDifference[] {
  const names: Readonly<Record<keyof SandboxLimits, LimitDifference['name']>> = {
    memoryBytes: 'memoryBytes',
    cpus: 'cpus',
    pids: 'pids',
    descriptors: 'ulimit nofile',
    diskBytes: `tmpfs ${diskFolder}`,
  };
  return (Object.keys(names) as (keyof SandboxLimits)[]).flatMap((limit) => {
    const [asked, found] = [declared[limit], effective[limit]];
    if (found !== undefined && Math.abs(found - asked) <= SLACK[limit]) return [];
    return [{ name: names[limit], declared: asked, effective: found }];
  });
}
