import { onlyDefined } from '@seaworthy/cgroups';
import { readDisk } from '../../gauge/disk-figures.ts';
import { insideProcessGauge, procGauge } from '../../gauge/proc-gauge.ts';
import { readMachineMemory } from '../../safety/machine-memory.ts';
import { demandRoomOnDisk } from '../host/demand-room-on-disk.ts';
import type { LaunchLimits } from '../host/launch-script.ts';
import { readProcessLimits } from '../host/process-limits.ts';
import { startOnHost } from '../host/start-on-host.ts';
import {
  TierUnavailable,
  type OpenedTier,
  type PlanFor,
  type TierContext,
  type TierPlan,
} from '../tier-plan.ts';

/** A file may grow to so many times the limit that a fault leaves out: a disk that others use is never filled. */
export const UNLIMITED_TIMES = 4;

/**
 * The kernel limits each process alone: heap and anonymous memory, open files, the size of a file, and, so that none goes
 * on for ever, its CPU time in all. Nothing limits all of them together, nor a share of a core.
 *
 * @throws TierUnavailable
 */
export async function openRlimitTier(_context: TierContext, planFor: PlanFor): Promise<OpenedTier> {
  if (process.platform !== 'linux') {
    throw new TierUnavailable('this system does not enforce limits of memory for single processes');
  }
  const plan = planFor(readMachineMemory());
  const { limits, without, deadlineMs } = plan;
  await using stack = new AsyncDisposableStack();
  const diskFolder = await plan.workspace.makeFolder('sandbox-disk');
  const launch: LaunchLimits = {
    ...(without.includes('memory') ? {} : { dataBytes: limits.memoryBytes }),
    ...(without.includes('descriptors') ? {} : { descriptors: limits.descriptors }),
    fileBytes: fileLimit(plan, diskFolder),
    cpuSeconds: Math.ceil((deadlineMs / 1000) * Math.max(1, limits.cpus)),
  };
  const { keeper, pid } = await startOnHost(plan, stack, { limits: launch, diskFolder });
  const inForce = readProcessLimits(pid);
  return {
    tier: 'rlimit',
    place: 'process limits of this machine (of each process alone)',
    plan,
    effective: onlyDefined({
      memoryBytes: inForce.dataBytes,
      descriptors: inForce.descriptors,
      diskBytes: inForce.fileBytes,
    }),
    diskFolder,
    gauge: procGauge(pid, () => readDisk(diskFolder)),
    keeper,
    stack: stack.move(),
  };
}

/**
 * Victims that limit themselves. Only open files and the size of a file are limited by the kernel (POSIX), and what the
 * shell took cannot be read back everywhere.
 *
 * @throws TierUnavailable
 */
export async function openSelfLimitedTier(_context: TierContext, planFor: PlanFor): Promise<OpenedTier> {
  const plan = planFor(readMachineMemory());
  await using stack = new AsyncDisposableStack();
  const diskFolder = await plan.workspace.makeFolder('sandbox-disk');
  const launch: LaunchLimits = {
    ...(plan.without.includes('descriptors') ? {} : { descriptors: plan.limits.descriptors }),
    fileBytes: fileLimit(plan, diskFolder),
  };
  const { keeper, pid } = await startOnHost(plan, stack, { limits: launch, diskFolder });
  const disk = () => readDisk(diskFolder);
  const isLinux = process.platform === 'linux';
  const inForce = isLinux ? readProcessLimits(pid) : launch;
  return {
    tier: 'self-limited',
    place: 'processes that limit themselves (only open files and the size of each file are enforced)',
    plan,
    effective: onlyDefined({ descriptors: inForce.descriptors, diskBytes: inForce.fileBytes }),
    diskFolder,
    gauge: isLinux ? procGauge(pid, disk) : insideProcessGauge(keeper.inside, disk),
    keeper,
    stack: stack.move(),
  };
}

function fileLimit({ limits, without }: TierPlan, diskFolder: string): number {
  const bytes = without.includes('disk') ? limits.diskBytes * UNLIMITED_TIMES : limits.diskBytes;
  demandRoomOnDisk(diskFolder, bytes);
  return bytes;
}
