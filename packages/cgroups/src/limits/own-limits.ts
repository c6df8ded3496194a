import { readText, type ReadText } from '../files/read-text.ts';
import { readCgroupTexts } from '../find/cgroup-texts.ts';
import type { EffectiveLimits } from '../model/limits.ts';
import { readEffectiveLimitsOf } from './effective-limits.ts';

/** The limits in force on this process, each from the version that its controller belongs to; none where there are no cgroups. */
export function readOwnLimits({ proc = '/proc', read = readText }: OwnLimitsOptions = {}): EffectiveLimits {
  return readEffectiveLimitsOf(readCgroupTexts(undefined, { proc, read }), read) ?? {};
}

export interface OwnLimitsOptions {
  /** For a machine whose files were recorded. */
  readonly proc?: string;
  readonly read?: ReadText;
}
