import { dirname } from 'node:path';
import { readLimit } from './cgroup-figures.ts';
import type { OwnCgroup } from './own-cgroups.ts';

/** The lowest limit that a cgroup and those around it set, bytes; `undefined` where none does. */
export function lowestLimit({ path, top, version }: OwnCgroup): number | undefined {
  let lowest: number | undefined;
  for (let at = path; ; at = dirname(at)) {
    const limit = readLimit(at, version);
    if (limit !== undefined && limit < (lowest ?? Infinity)) lowest = limit;
    if (at === top || !at.startsWith(top)) return lowest;
  }
}
