import { join } from 'node:path';
import type { EffectiveLimits } from '@seaworthy/run-record';
import { findControlGroup } from './control-groups.ts';
import type { ControlGroup, ReadText } from './control-groups.ts';

export interface Machine {
  readonly cores: number;
  /** Cores that the scheduler may put this process on. */
  readonly affinityCores: number;
  readonly memoryBytes: number;
}

interface Bound {
  readonly value: number;
  readonly from: string;
}

/**
 * What this process may use of the machine. Every group above its own limits it as well, so the smallest counts.
 *
 * v2: `memory.max`, `cpu.max`; v1: `memory.limit_in_bytes`, `cpu.cfs_quota_us` / `cpu.cfs_period_us`.
 */
export function effectiveLimits(machine: Machine, read: ReadText): EffectiveLimits {
  const memoryGroup = findControlGroup('memory', read);
  const cpuGroup = findControlGroup('cpu', read);
  const cores = smallest([
    { value: machine.cores, from: 'machine' },
    { value: machine.affinityCores, from: 'affinity' },
    ...boundsOf(cpuGroup, (folder, version) => cpuBound(folder, version, read)),
  ]);
  const memory = smallest([
    { value: machine.memoryBytes, from: 'machine' },
    ...boundsOf(memoryGroup, (folder, version) => memoryBound(folder, version, read)),
  ]);
  const versions = new Set(
    [memoryGroup?.version, cpuGroup?.version].filter((version) => version !== undefined),
  );
  return {
    cgroup: versions.size > 1 ? 'hybrid' : ([...versions][0] ?? 'none'),
    cores: cores.value,
    coresFrom: cores.from,
    memoryBytes: memory.value,
    memoryFrom: memory.from,
  };
}

function boundsOf(
  group: ControlGroup | undefined,
  bound: (folder: string, version: ControlGroup['version']) => Bound | undefined,
): readonly Bound[] {
  if (group === undefined) return [];
  return group.folders.map((folder) => bound(folder, group.version)).filter((found) => found !== undefined);
}

function memoryBound(folder: string, version: ControlGroup['version'], read: ReadText): Bound | undefined {
  const from = join(folder, version === 'v2' ? 'memory.max' : 'memory.limit_in_bytes');
  // v2 says `max` for no limit, v1 a number beyond every machine: both lose against the machine's own memory.
  const value = positive(read(from));
  return value === undefined ? undefined : { value, from };
}

function cpuBound(folder: string, version: ControlGroup['version'], read: ReadText): Bound | undefined {
  const from = join(folder, version === 'v2' ? 'cpu.max' : 'cpu.cfs_quota_us');
  const [quotaText, periodText] =
    version === 'v2' ? (read(from) ?? '').split(' ') : [read(from), read(join(folder, 'cpu.cfs_period_us'))];
  const quota = positive(quotaText);
  const period = positive(periodText);
  return quota === undefined || period === undefined ? undefined : { value: quota / period, from };
}

function positive(text: string | undefined): number | undefined {
  const value = Number(text?.trim() || Number.NaN);
  return value > 0 ? value : undefined;
}

function smallest(bounds: readonly [Bound, ...Bound[]]): Bound {
  return bounds.reduce((least, bound) => (bound.value < least.value ? bound : least));
}
