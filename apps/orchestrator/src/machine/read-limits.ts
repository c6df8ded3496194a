import { availableParallelism, cpus, totalmem } from 'node:os';
import { readText } from '@seaworthy/cgroups';
import type { EffectiveLimits } from '@seaworthy/run-record';
import { effectiveLimits } from './effective-limits.ts';

/** What this process may use of this machine. */
export function readEffectiveLimits(): EffectiveLimits {
  const cores = cpus().length || availableParallelism();
  const memoryBytes = totalmem();
  return effectiveLimits({ cores, affinityCores: availableParallelism(), memoryBytes }, readText);
}
