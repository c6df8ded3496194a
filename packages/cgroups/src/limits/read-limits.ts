import { join } from 'node:path';
import { readText, type ReadText } from '../files/read-text.ts';
import type { Cgroup } from '../model/cgroup.ts';
import type { CgroupLimits } from '../model/limits.ts';
import { LIMIT_FILES, parseSetLimits, type SetLimits } from './parse-limits.ts';

/** The limits that a cgroup sets itself, as the kernel tells them. Those around it may be lower. */
export function readLimits(cgroup: Cgroup, read: ReadText = readText): CgroupLimits {
  const { swapBytes, ...limits } = readSetLimits(cgroup, read);
  return limits.memoryBytes === undefined || swapBytes === undefined
    ? limits
    : { ...limits, memorySwapBytes: limits.memoryBytes + swapBytes };
}

export function readSetLimits({ version, folders }: Cgroup, read: ReadText): SetLimits {
  const texts: Record<string, string | undefined> = {};
  for (const controller of ['memory', 'cpu', 'pids'] as const) {
    const folder = folders[controller];
    if (folder === undefined) continue;
    for (const file of LIMIT_FILES[version][controller]) texts[file] = read(join(folder, file));
  }
  return parseSetLimits(texts, version);
}
