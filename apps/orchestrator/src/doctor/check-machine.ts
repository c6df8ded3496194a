import { statfs } from 'node:fs/promises';
import type { EffectiveLimits } from '@seaworthy/run-record';
import { formatBytes } from '@seaworthy/reports';
import type { Check } from './check.ts';

/** Least memory and free disk with which the scenarios that exist run at ease. */
const ENOUGH_MEMORY = 500_000_000;
const ENOUGH_DISK = 200_000_000;

export interface MachineFacts {
  readonly nodeVersion: string;
  /** Cores and bytes that the machine itself has. */
  readonly cores: number;
  readonly memoryBytes: number;
  readonly effective: EffectiveLimits;
}

/** Node, cores, memory and control groups. */
export function checkMachine({ nodeVersion, cores, memoryBytes, effective }: MachineFacts): readonly Check[] {
  const enough = effective.memoryBytes >= ENOUGH_MEMORY;
  return [
    { id: 'node', title: 'Node', state: 'ok', found: nodeVersion, data: { version: nodeVersion } },
    {
      id: 'cores',
      title: 'Cores',
      state: 'ok',
      found: `${shown(effective.cores)} of ${String(cores)} usable${from(effective.coresFrom)}`,
      data: { machine: cores, effective: effective.cores, from: effective.coresFrom },
    },
    {
      id: 'memory',
      title: 'Memory',
      state: enough ? 'ok' : 'warning',
      found: `${formatBytes(effective.memoryBytes)} of ${formatBytes(memoryBytes)} usable${from(effective.memoryFrom)}`,
      ...(enough
        ? {}
        : { how: `Give it at least ${formatBytes(ENOUGH_MEMORY)}: raise the limit of the container.` }),
      data: { machine: memoryBytes, effective: effective.memoryBytes, from: effective.memoryFrom },
    },
    {
      id: 'cgroup',
      title: 'Control groups',
      state: 'ok',
      found: effective.cgroup === 'none' ? 'none here' : effective.cgroup,
      data: { version: effective.cgroup },
    },
  ];
}

function shown(cores: number): string {
  return cores.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

function from(source: string): string {
  return source === 'machine' ? '' : ` (limited by ${source})`;
}

/** Free space where scenarios make their files. */
export async function checkDisk(temporaryFolder: string): Promise<Check> {
  const check = { id: 'disk', title: 'Disk' } as const;
  const how = `Free some space in ${temporaryFolder}, or name another folder with TMPDIR.`;
  try {
    const { bavail, bsize } = await statfs(temporaryFolder);
    const free = bavail * bsize;
    const enough = free >= ENOUGH_DISK;
    const found = `${formatBytes(free)} free in ${temporaryFolder}`;
    const data = { folder: temporaryFolder, freeBytes: free };
    return enough ? { ...check, state: 'ok', found, data } : { ...check, state: 'missing', found, how, data };
  } catch (error) {
    const found = `${temporaryFolder}: ${(error as Error).message}`;
    return { ...check, state: 'missing', found, how, data: { folder: temporaryFolder, freeBytes: null } };
  }
}
