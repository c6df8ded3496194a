import { onlyDefined } from '../files/only-defined.ts';
import { parseField, parseNumber } from '../files/parse-number.ts';
import type { MemoryFigures } from '../model/figures.ts';
import type { CgroupFileTexts } from './figure-files.ts';

/**
 * Memory of a cgroup with all below it.
 *
 * Reclaimable is page cache on both lists, active and inactive: before the kernel kills anyone it takes back both. (Engines
 * subtract only the inactive one in their statistics, so a file that was read twice counts as used there.) tmpfs and shared
 * memory are on neither list: without swap nothing can take them back.
 *
 * @see https://docs.kernel.org/admin-guide/cgroup-v1/memory.html and https://docs.kernel.org/admin-guide/cgroup-v2.html
 * @returns `undefined` where the controller is not at work in it (or, in version 2, at the root).
 */
export function parseMemoryFigures(texts: CgroupFileTexts, version: 1 | 2): MemoryFigures | undefined {
  return version === 1 ? parseVersion1(texts) : parseVersion2(texts);
}

function parseVersion1(texts: CgroupFileTexts): MemoryFigures | undefined {
  const usageBytes = parseNumber(texts['memory.usage_in_bytes']);
  if (usageBytes === undefined) return undefined;
  const stat = (field: string): number => parseField(texts['memory.stat'], `total_${field}`) ?? 0;
  return {
    usageBytes,
    ...onlyDefined({ peakBytes: parseNumber(texts['memory.max_usage_in_bytes']) }),
    anonymousBytes: stat('rss'),
    sharedBytes: stat('shmem'),
    ...onlyDefined({ kernelBytes: parseNumber(texts['memory.kmem.usage_in_bytes']) }),
    reclaimableBytes: stat('inactive_file') + stat('active_file'),
  };
}

function parseVersion2(texts: CgroupFileTexts): MemoryFigures | undefined {
  const usageBytes = parseNumber(texts['memory.current']);
  if (usageBytes === undefined) return undefined;
  const stat = (field: string): number => parseField(texts['memory.stat'], field) ?? 0;
  return {
    usageBytes,
    ...onlyDefined({ peakBytes: parseNumber(texts['memory.peak']) }),
    anonymousBytes: stat('anon'),
    sharedBytes: stat('shmem'),
    ...onlyDefined({ kernelBytes: kernelBytes(texts['memory.stat']) }),
    reclaimableBytes: stat('inactive_file') + stat('active_file'),
  };
}

/** Linux 5.18 and later add it up; before, the parts are told. */
const KERNEL_PARTS = ['kernel_stack', 'pagetables', 'percpu', 'slab'];

function kernelBytes(stat: string | undefined): number | undefined {
  const whole = parseField(stat, 'kernel');
  if (whole !== undefined) return whole;
  const parts = KERNEL_PARTS.map((part) => parseField(stat, part)).filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.reduce((sum, part) => sum + part, 0);
}
