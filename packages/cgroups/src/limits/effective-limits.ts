import { join } from 'node:path';
import { readText, type ReadText } from '../files/read-text.ts';
import { ancestorsOf } from '../find/ancestors.ts';
import type { CgroupTexts } from '../find/cgroup-texts.ts';
import { findCgroups } from '../find/find-cgroup.ts';
import type { Cgroup, Controller } from '../model/cgroup.ts';
import type { EffectiveLimit, EffectiveLimits } from '../model/limits.ts';
import { parseHierarchicalLimits, type SetLimits } from './parse-limits.ts';
import { readSetLimits } from './read-limits.ts';
import { onlyDefined } from '../files/only-defined.ts';

/**
 * The limits in force on a cgroup: of each kind the lowest that it or one around it sets, as far up as can be seen. In
 * version 1 the kernel tells of lower limits of memory further up as well; those count as set by the top.
 */
export function readEffectiveLimits(cgroup: Cgroup, read: ReadText = readText): EffectiveLimits {
  const levels = [cgroup, ...ancestorsOf(cgroup)].map((level) => ({
    level,
    limits: readSetLimits(level, read),
  }));
  const lowest = (name: keyof SetLimits, controller: Controller): EffectiveLimit | undefined => {
    let found: EffectiveLimit | undefined;
    for (const [index, { level, limits }] of levels.entries()) {
      const [value, folder] = [limits[name], level.folders[controller]];
      if (value === undefined || folder === undefined) continue;
      if (found === undefined || value < found.value) found = { value, folder, own: index === 0 };
    }
    return found;
  };
  const unseen = cgroup.version === 1 ? readUnseen(cgroup, read) : {};
  const memory = lower(lowest('memoryBytes', 'memory'), unseen.memoryBytes);
  const memorySwap =
    cgroup.version === 1
      ? lower(lowest('memorySwapBytes', 'memory'), unseen.memorySwapBytes)
      : sum(memory, lowest('swapBytes', 'memory'));
  return onlyDefined({
    memoryBytes: memory,
    memorySwapBytes: memorySwap,
    cpus: lowest('cpus', 'cpu'),
    pids: lowest('pids', 'pids'),
  });
}

/**
 * The limits in force on a process, each from the version that its controller belongs to: on a machine with both side by
 * side {@link readEffectiveLimits} of either cgroup tells only half of them.
 *
 * @param texts of the process, see `readCgroupTexts`.
 * @returns `undefined` where its cgroups cannot be seen from here.
 */
export function readEffectiveLimitsOf(
  texts: CgroupTexts | undefined,
  read: ReadText = readText,
): EffectiveLimits | undefined {
  const cgroups = findCgroups(texts);
  if (cgroups.length === 0) return undefined;
  return Object.assign({}, ...cgroups.map((cgroup) => readEffectiveLimits(cgroup, read))) as EffectiveLimits;
}

function readUnseen(
  { folders, tops }: Cgroup,
  read: ReadText,
): { memoryBytes?: EffectiveLimit; memorySwapBytes?: EffectiveLimit } {
  const folder = folders.memory;
  if (folder === undefined) return {};
  const told = parseHierarchicalLimits(read(join(folder, 'memory.stat')));
  const limit = (value: number | undefined): EffectiveLimit | undefined =>
    value === undefined ? undefined : { value, folder: tops.memory ?? folder, own: false };
  return onlyDefined({
    memoryBytes: limit(told.memoryBytes),
    memorySwapBytes: limit(told.memorySwapBytes),
  });
}

function lower(
  one: EffectiveLimit | undefined,
  other: EffectiveLimit | undefined,
): EffectiveLimit | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return other.value < one.value ? other : one;
}

/** In version 2 memory and swap are limited apart, maybe by different cgroups; the one of swap is told. */
function sum(
  memory: EffectiveLimit | undefined,
  swap: EffectiveLimit | undefined,
): EffectiveLimit | undefined {
  if (memory === undefined || swap === undefined) return undefined;
  return { ...swap, value: memory.value + swap.value };
}
