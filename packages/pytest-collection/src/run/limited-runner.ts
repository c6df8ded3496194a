import {
  findCgroup,
  makeCgroup,
  readCgroupTexts,
  readEffectiveLimits,
  type Cgroup,
} from '@seaworthy/cgroups';
import { UsageError, type Workspace } from '@seaworthy/scenario';
import { execa } from 'execa';
import { formatLimit } from '../formats/quantity.ts';
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
  const around = findCgroup(readCgroupTexts());
  checkLimit(limitBytes, around && readEffectiveLimits(around).memoryBytes?.value);
  const byCgroup =
    limiting === 'address-space' ? undefined : await limitByCgroup(limitBytes, workspace, around);
  return byCgroup ?? (await limitByAddressSpace(limitBytes, around));
}

/** Tries it out, since a limit counts only as the kernel tells it back. Each run gets a cgroup of its own. */
async function limitByCgroup(
  limitBytes: number,
  workspace: Workspace,
  within: Cgroup | undefined,
): Promise<CollectionRunner | undefined> {
  const limits = { memoryBytes: limitBytes };
  await using trial = await makeCgroup(workspace, limits, 'trial', { within });
  const limit = trial?.limits.memoryBytes;
  if (trial === undefined || limit === undefined || !(await canJoin(trial, workspace))) return undefined;
  const { version } = trial.cgroup;
  return {
    name: `cgroup v${version}, ${formatLimit(limit)}`,
    limit: { bytes: limit, tier: `cgroup-v${version}` },
    async start(request) {
      const cgroup = await makeCgroup(request.workspace, limits, 'collection', { within });
      if (cgroup === undefined) throw new Error(`No cgroup with a limit of ${limitBytes} bytes any more`);
      return startProcess(request, { cgroup });
    },
  };
}

async function limitByAddressSpace(
  limitBytes: number,
  around: Cgroup | undefined,
): Promise<CollectionRunner> {
  const bytes = await readBackAddressSpace(limitBytes);
  return {
    name: `address space, ${formatLimit(bytes)}`,
    limit: { bytes, tier: 'address-space' },
    start: async (request) =>
      startProcess(request, {
        addressSpace: bytes,
        ...(around === undefined ? {} : { around }),
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
