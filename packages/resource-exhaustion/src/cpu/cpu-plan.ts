import { UsageError } from '@seaworthy/scenario';
import { asGiven } from '../pressure/as-given.ts';
import type { CpuRequest } from '../model/exhaustion.ts';
import type { Sandbox } from '../model/sandbox.ts';
import { checkTimes, checkWorkers } from '../pressure/check-request.ts';

export interface CpuPlan {
  /** Cores: the effective quota, or the declared one where none is enforced. */
  readonly quota: number;
  readonly targetCores: number;
  /** More than the quota is asked for, so that it is the quota that stops it. */
  readonly isSaturating: boolean;
  readonly workers: number;
}

/** @throws UsageError */
export function planCpu(request: CpuRequest, sandbox: Sandbox): CpuPlan {
  const { share, durationMs, workers, afterMs } = request;
  if (!(share > 0 && share <= 1) || !(durationMs > 0)) {
    throw new UsageError(
      'CPU_REQUEST',
      `Expected a share above 0 and up to 1 and a duration above 0 ms, got ${asGiven({ share, durationMs })}`,
    );
  }
  checkTimes({ durationMs, afterMs });
  checkWorkers(workers);
  const quota = sandbox.effective.cpus ?? sandbox.declared.cpus;
  const isSaturating = share >= 1;
  // One process keeps one core busy at most; one more than the quota has whole cores is sure to be stopped by it.
  const least = isSaturating ? Math.floor(quota) + 1 : Math.ceil(quota * share);
  return { quota, targetCores: quota * share, isSaturating, workers: Math.max(workers ?? 1, least) };
}
