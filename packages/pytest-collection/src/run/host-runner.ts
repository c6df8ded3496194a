import { findCgroup, makeCgroup, readCgroupTexts, type Cgroup, type OwnedCgroup } from '@seaworthy/cgroups';
import type { CollectionRunner, RunRequest } from '../model/collection-runner.ts';
import { canJoin } from './can-join.ts';
import { startProcess } from './start-process.ts';

/** How the memory of a run on this machine is measured. `high-water-marks` needs no rights: see PeakMemory. */
export type Measuring = 'cgroup-where-possible' | 'high-water-marks';

/**
 * Runs a collection on this machine, without a limit: in a cgroup of its own where one can be had, so that the kernel
 * measures it.
 */
export function hostRunner(measuring: Measuring = 'cgroup-where-possible'): CollectionRunner {
  return {
    name: 'host',
    async start(request) {
      const around = findCgroup(readCgroupTexts());
      const cgroup = measuring === 'high-water-marks' ? undefined : await cgroupFor(request, around);
      return startProcess(request, {
        ...(cgroup === undefined ? {} : { cgroup }),
        ...(around === undefined ? {} : { around }),
      });
    },
  };
}

async function cgroupFor(
  { workspace }: RunRequest,
  within: Cgroup | undefined,
): Promise<OwnedCgroup | undefined> {
  const cgroup = await makeCgroup(workspace, {}, 'collection', { within });
  if (cgroup === undefined || (await canJoin(cgroup, workspace))) return cgroup;
  await cgroup[Symbol.asyncDispose]();
  return undefined;
}
