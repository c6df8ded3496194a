import { parseField, parseLimit, parseNumber } from '../files/parse-number.ts';
import { onlyDefined } from '../files/only-defined.ts';
import type { CgroupFileTexts } from '../figures/figure-files.ts';

/** As the files of one cgroup say; what is absent is not limited by it. */
export interface SetLimits {
  readonly memoryBytes?: number;
  /** Version 2: of swap alone. */
  readonly swapBytes?: number;
  /** Version 1: of memory and swap together. */
  readonly memorySwapBytes?: number;
  readonly cpus?: number;
  readonly pids?: number;
}

/** Every file of a controller that says what it limits, by version. */
export const LIMIT_FILES = {
  1: {
    memory: ['memory.limit_in_bytes', 'memory.memsw.limit_in_bytes'],
    cpu: ['cpu.cfs_quota_us', 'cpu.cfs_period_us'],
    pids: ['pids.max'],
  },
  2: { memory: ['memory.max', 'memory.swap.max'], cpu: ['cpu.max'], pids: ['pids.max'] },
} as const;

export function parseSetLimits(texts: CgroupFileTexts, version: 1 | 2): SetLimits {
  const limits =
    version === 1
      ? {
          memoryBytes: parseLimit(texts['memory.limit_in_bytes']),
          memorySwapBytes: parseLimit(texts['memory.memsw.limit_in_bytes']),
          cpus: quotient(texts['cpu.cfs_quota_us'], texts['cpu.cfs_period_us']),
        }
      : {
          memoryBytes: parseLimit(texts['memory.max']),
          swapBytes: parseLimit(texts['memory.swap.max']),
          cpus: quotient(...halves(texts['cpu.max'])),
        };
  return onlyDefined({ ...limits, pids: parseLimit(texts['pids.max']) });
}

/** Version 1 adds up the limits of all around a cgroup, those that cannot be seen from here as well. */
export function parseHierarchicalLimits(
  memoryStat: string | undefined,
): Pick<SetLimits, 'memoryBytes' | 'memorySwapBytes'> {
  const field = (name: string) => parseLimit(parseField(memoryStat, name)?.toString());
  return onlyDefined({
    memoryBytes: field('hierarchical_memory_limit'),
    memorySwapBytes: field('hierarchical_memsw_limit'),
  });
}

function halves(text: string | undefined): [string | undefined, string | undefined] {
  const [quota, period] = text?.trim().split(/\s+/) ?? [];
  return [quota, period];
}

/** Quota and period of the CPU controller, us each. No limit is `max` in version 2, -1 in version 1. */
function quotient(quotaText: string | undefined, periodText: string | undefined): number | undefined {
  const [quota, period] = [parseNumber(quotaText), parseNumber(periodText)];
  return quota === undefined || period === undefined || quota <= 0 || period <= 0
    ? undefined
    : quota / period;
}
