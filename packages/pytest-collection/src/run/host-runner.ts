import type { CollectionRunner, RunRequest } from '../model/collection-runner.ts';
import { findOwnCgroups, readCgroupTexts, type OwnCgroups } from '../memory/cgroup/own-cgroups.ts';
import { makeRunCgroup, type RunCgroup } from '../memory/cgroup/run-cgroup.ts';
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
      const cgroups = findOwnCgroups(readCgroupTexts());
      const cgroup = measuring === 'high-water-marks' ? undefined : await cgroupFor(request, cgroups);
      return startProcess(request, {
        ...(cgroup === undefined ? {} : { cgroup }),
        ...(cgroups.memory === undefined ? {} : { around: cgroups.memory }),
      });
    },
  };
}

async function cgroupFor({ workspace }: RunRequest, cgroups: OwnCgroups): Promise<RunCgroup | undefined> {
  const cgroup = await makeRunCgroup(workspace, cgroups);
  if (cgroup === undefined || (await canJoin(cgroup, workspace))) return cgroup;
  await cgroup[Symbol.asyncDispose]();
  return undefined;
}
