import type { MemoryExhaustion } from '../../model/exhaustion.ts';

/** What the victims say that they hold, bytes. */
export const claimedBytes = (run: MemoryExhaustion): number =>
  run.workers.reduce((sum, { reachedBytes }) => sum + reachedBytes, 0);

/** Highest usage over the baseline: what the kernel charged for that. */
export const chargedBytes = (run: MemoryExhaustion): number =>
  Math.max(0, run.highestSampleBytes - run.baselineBytes);

/** Less than half of what is claimed was charged, by a tenth of the limit at least: pages are not there. */
export function isOnlyReserved(run: MemoryExhaustion): boolean {
  const missing = claimedBytes(run) - chargedBytes(run);
  return missing > claimedBytes(run) / 2 && missing > (run.limitBytes ?? run.declaredBytes) / 10;
}
