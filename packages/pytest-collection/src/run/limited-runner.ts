import { UsageError, type Workspace } from '@seaworthy/scenario';
import { execa } from 'execa';
import { formatLimit } from '../formats/quantity.ts';
import { lowestLimit } from '../memory/cgroup/lowest-limit.ts';
import { findOwnCgroups, readCgroupTexts, type OwnCgroups } from '../memory/cgroup/own-cgroups.ts';
import { makeRunCgroup } from '../memory/cgroup/run-cgroup.ts';
import type { CollectionRunner } from '../model/collection-runner.ts';
import { canJoin } from './can-join.ts';
import { checkLimit } from './check-limit.ts';
import { startProcess } from './start-process.ts';

/** `cgroup-where-possible` limits what a run holds in memory, as a container does; `address-space` needs no rights. */
export type Limiting = 'cgroup-where-possible' | 'address-space';

/**
 * Runs a collection on this machine under a limit of memory: by a cgroup where one can be had; else each process by its
 * address space, which is more than what it holds in memory. Under the latter nobody is killed: allocations fail.
 *
 * @throws UsageError where the limit makes no sense, or where none can be set
 */
export async function limitedRunner(
  limitBytes: number,
  workspace: Workspace,
  limiting: Limiting = 'cgroup-where-possible',
): Promise<CollectionRunner> {
  const cgroups = findOwnCgroups(readCgroupTexts());
  checkLimit(limitBytes, cgroups.memory === undefined ? undefined : lowestLimit(cgroups.memory));
  const byCgroup =
    limiting === 'address-space' ? undefined : await limitByCgroup(limitBytes, workspace, cgroups);
  return byCgroup ?? (await limitByAddressSpace(limitBytes, cgroups));
}

/** Tries it out, since a limit counts only as the kernel tells it back. Each run gets a cgroup of its own. */
async function limitByCgroup(
  limitBytes: number,
  workspace: Workspace,
  cgroups: OwnCgroups,
): Promise<CollectionRunner | undefined> {
  await using trial = await makeRunCgroup(workspace, cgroups, limitBytes);
  if (trial?.limit === undefined || !(await canJoin(trial, workspace))) return undefined;
  const { limit, memory } = trial;
  return {
    name: `cgroup v${memory.version}, ${formatLimit(limit)}`,
    limit: { bytes: limit, tier: `cgroup-v${memory.version}` },
    async start(request) {
      const cgroup = await makeRunCgroup(request.workspace, cgroups, limitBytes);
      if (cgroup?.limit === undefined)
        throw new Error(`No cgroup with a limit of ${limitBytes} bytes any more`);
      return startProcess(request, { cgroup });
    },
  };
}

async function limitByAddressSpace(limitBytes: number, { memory }: OwnCgroups): Promise<CollectionRunner> {
  const bytes = await readBackAddressSpace(limitBytes);
  return {
    name: `address space, ${formatLimit(bytes)}`,
    limit: { bytes, tier: 'address-space' },
    start: async (request) =>
      startProcess(request, {
        addressSpace: bytes,
        ...(memory === undefined ? {} : { around: memory }),
      }),
  };
}

async function readBackAddressSpace(limitBytes: number): Promise<number> {
  const wanted = Math.floor(limitBytes / 1024);
  const script = 'ulimit -v "$1" && ulimit -v';
  const { stdout } = await execa('/bin/sh', ['-c', script, 'sh', String(wanted)], {
    reject: false,
    stdin: 'ignore',
  });
  const kept = Number(stdout);
  if (process.platform === 'linux' && Number.isInteger(kept) && kept > 0) return kept * 1024;
  throw new UsageError(
    'LIMIT',
    'No memory limit can be set here: neither a cgroup can be made nor the address space limited. Run without a limit, or on Linux',
  );
}
