import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import type { EffectiveLimits } from '@seaworthy/run-record';
import { effectiveLimits } from './effective-limits.ts';

/** What this process may use of this machine. */
export function readEffectiveLimits(): EffectiveLimits {
  const cores = cpus().length || availableParallelism();
  return effectiveLimits(
    { cores, affinityCores: availableParallelism(), memoryBytes: totalmem() },
    (path) => {
      try {
        return readFileSync(path, 'utf8');
      } catch {
        return undefined;
      }
    },
  );
}
