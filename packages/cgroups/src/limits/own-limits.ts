import { readText, type ReadText } from '../files/read-text.ts';
import { readCgroupTexts } from '../find/cgroup-texts.ts';
import { findCgroups } from '../find/find-cgroup.ts';
import type { EffectiveLimits } from '../model/limits.ts';
import { readEffectiveLimits } from './effective-limits.ts';

/** The limits in force on this process, each from the version that its controller belongs to; none where there are no cgroups. */
export function readOwnLimits({ proc = '/proc', read = readText }: OwnLimitsOptions = {}): EffectiveLimits {
  const cgroups = findCgroups(readCgroupTexts(undefined, { proc, read }));
  return Object.assign({}, ...cgroups.map((cgroup) => readEffectiveLimits(cgroup, read))) as EffectiveLimits;
}

export interface OwnLimitsOptions {
  /** For a machine whose files were recorded. */
  readonly proc?: string;
  readonly read?: ReadText;
}
