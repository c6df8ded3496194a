import { join } from 'node:path';
import { findCgroups, readCgroupTexts, readEffectiveLimits } from '@seaworthy/cgroups';
import type { Cgroup, EffectiveLimit, ReadText } from '@seaworthy/cgroups';
import type { EffectiveLimits } from '@seaworthy/run-record';

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

/** What this process may use of the machine. Every group above its own limits it as well, so the smallest counts. */
export function effectiveLimits(machine: Machine, read: ReadText): EffectiveLimits {
  const groups = findCgroups(readCgroupTexts(undefined, { read }));
  const bounds = groups.map((group) => boundsBy(group, read));
  const cores = smallest([
    { value: machine.cores, from: 'machine' },
    { value: machine.affinityCores, from: 'affinity' },
    ...bounds.flatMap((bound) => bound.cores),
  ]);
  const memory = smallest([
    { value: machine.memoryBytes, from: 'machine' },
    ...bounds.flatMap((bound) => bound.memory),
  ]);
  const limiting = groups.filter(({ folders }) => folders.memory !== undefined || folders.cpu !== undefined);
  return {
    cgroup: limiting.length > 1 ? 'hybrid' : limiting[0] === undefined ? 'none' : `v${limiting[0].version}`,
    cores: cores.value,
    coresFrom: cores.from,
    memoryBytes: memory.value,
    memoryFrom: memory.from,
  };
}

function boundsBy(
  group: Cgroup,
  read: ReadText,
): { readonly cores: readonly Bound[]; readonly memory: readonly Bound[] } {
  const { cpus, memoryBytes } = readEffectiveLimits(group, read);
  const by = (limit: EffectiveLimit | undefined, first: string, second: string): readonly Bound[] =>
    limit === undefined
      ? []
      : [{ value: limit.value, from: join(limit.folder, group.version === 1 ? first : second) }];
  return {
    cores: by(cpus, 'cpu.cfs_quota_us', 'cpu.max'),
    memory: by(memoryBytes, 'memory.limit_in_bytes', 'memory.max'),
  };
}

function smallest(bounds: readonly [Bound, ...Bound[]]): Bound {
  return bounds.reduce((least, bound) => (bound.value < least.value ? bound : least));
}
