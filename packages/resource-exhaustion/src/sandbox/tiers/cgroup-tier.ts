import { makeCgroup, onlyDefined, readEffectiveLimits, type CgroupLimits } from '@seaworthy/cgroups';
import { cgroupGauge } from '../../gauge/cgroup-gauge.ts';
import { readDisk } from '../../gauge/disk-figures.ts';
import { hasSwap, readMachineMemory } from '../../safety/machine-memory.ts';
import { demandRoomOnDisk } from '../host/demand-room-on-disk.ts';
import type { LaunchLimits } from '../host/launch-script.ts';
import { canMountOver, placeSeenBy, tmpfsSizeFor } from '../host/place-in-memory.ts';
import { readProcessLimits } from '../host/process-limits.ts';
import { startOnHost } from '../host/start-on-host.ts';
import { UNLIMITED_TIMES } from './rlimit-tier.ts';
import {
  TierUnavailable,
  type OpenedTier,
  type PlanFor,
  type TierContext,
  type TierPlan,
} from '../tier-plan.ts';

/**
 * Keeper and victims in a control group of ours on this machine. Memory, CPU and processes are limited for all of them
 * together, open files for each. The disk folder is a tmpfs where one can be mounted, else the size of each file is limited.
 *
 * @throws TierUnavailable
 */
export async function openCgroupTier(_context: TierContext, planFor: PlanFor): Promise<OpenedTier> {
  const plan = planFor(readMachineMemory());
  const { limits, without, workspace } = plan;
  await using stack = new AsyncDisposableStack();
  const asked: CgroupLimits = {
    ...(without.includes('memory') ? {} : { memoryBytes: limits.memoryBytes }),
    ...(without.includes('cpus') ? {} : { cpus: limits.cpus }),
    ...(without.includes('pids') ? {} : { pids: limits.pids }),
  };
  const cgroup = await makeCgroup(workspace, asked, 'sandbox');
  if (cgroup === undefined) {
    throw new TierUnavailable(
      process.platform === 'linux'
        ? 'no control group that limits memory can be made here: its folder may not be written to (root may, on version 2 whoever it is delegated to)'
        : 'there are no control groups outside of Linux',
    );
  }
  stack.use(cgroup);
  const diskFolder = await workspace.makeFolder('sandbox-disk');
  const launch: LaunchLimits = {
    ...(without.includes('descriptors') ? {} : { descriptors: limits.descriptors }),
    ...placeLimits(diskFolder, plan),
  };
  const { keeper, pid } = await startOnHost(plan, stack, { limits: launch, diskFolder, cgroup });
  const inForce = readEffectiveLimits(cgroup.cgroup);
  const ofKeeper = readProcessLimits(pid);
  return {
    tier: `cgroup-v${cgroup.cgroup.version}`,
    place: 'control group of this machine',
    plan,
    effective: onlyDefined({
      memoryBytes: inForce.memoryBytes?.value,
      cpus: inForce.cpus?.value,
      pids: inForce.pids?.value,
      descriptors: ofKeeper.descriptors,
      diskBytes: tmpfsSizeFor(pid, diskFolder) ?? ofKeeper.fileBytes,
    }),
    swap: { isThere: hasSwap(), ...onlyDefined({ memorySwapBytes: inForce.memorySwapBytes?.value }) },
    diskFolder,
    gauge: stack.use(cgroupGauge(cgroup.cgroup, () => readDisk(placeSeenBy(pid, diskFolder)))),
    keeper,
    cgroup: cgroup.cgroup,
    stack: stack.move(),
  };
}

/** Never nothing at all: what is written to a real disk stays small even where a fault leaves the limit out. */
function placeLimits(diskFolder: string, { limits, without }: TierPlan): LaunchLimits {
  const bytes = without.includes('disk') ? limits.diskBytes * UNLIMITED_TIMES : limits.diskBytes;
  if (canMountOver(diskFolder)) return { tmpfsBytes: bytes };
  demandRoomOnDisk(diskFolder, bytes);
  return { fileBytes: bytes };
}
