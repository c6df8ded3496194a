import { makeCgroup, readMemory } from '@seaworthy/cgroups';
import type { Workspace } from '@seaworthy/scenario';
import { hostRunner, type CollectionRunner } from '../../src/index.ts';
import { prepareCommand } from '../../src/run/prepared-command.ts';
import { startProcess } from '../../src/run/start-process.ts';

export const WAYS = ['cgroup', 'high-water-marks'] as const;

/** A runner that measures in one of the ways, and a cgroup around what it runs, which it knows nothing of. */
export interface MeasuredFromAround extends AsyncDisposable {
  readonly runner: CollectionRunner;
  /** Of everything that was ever run by it, as the kernel tells it. */
  peakBytes(): number;
}

/** @throws where no cgroup can be made */
export async function measuredFromAround(
  workspace: Workspace,
  way: (typeof WAYS)[number],
): Promise<MeasuredFromAround> {
  const around = await makeCgroup(workspace, {}, 'around');
  if (around === undefined) throw new Error('Without a cgroup there is nothing to compare with');
  const inside: CollectionRunner = {
    name: 'in a cgroup of its own',
    start: async (request) => {
      const cgroup = await makeCgroup(request.workspace, {}, 'collection', { within: around.cgroup });
      if (cgroup === undefined) throw new Error('No cgroup can be made within a cgroup here');
      return startProcess(request, { cgroup });
    },
  };
  const joined: CollectionRunner = {
    name: 'without a cgroup',
    start: (request) => {
      const environment = { ...process.env, ...request.env };
      const command = prepareCommand(request.command, { cgroups: around.folders }, environment);
      return hostRunner('high-water-marks').start({ ...request, command });
    },
  };
  return {
    runner: way === 'cgroup' ? inside : joined,
    peakBytes: () => readMemory(around.cgroup)?.peakBytes ?? Number.NaN,
    [Symbol.asyncDispose]: () => around[Symbol.asyncDispose](),
  };
}
