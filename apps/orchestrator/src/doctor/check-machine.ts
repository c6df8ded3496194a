import type { EffectiveLimits } from '@seaworthy/run-record';
import { formatBytes } from '@seaworthy/reports';
import type { Check } from './check.ts';

/** Least memory with which the scenarios that exist run at ease. */
const ENOUGH_MEMORY = 500_000_000;

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
      found: effective.cgroup === 'none' ? 'none here' : `${effective.cgroup} for cores and memory`,
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
