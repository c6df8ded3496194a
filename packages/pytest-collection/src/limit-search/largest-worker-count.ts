import { UsageError } from '@seaworthy/scenario';
import type { WorkerEstimate } from '../model/collection-profile.ts';

export interface WorkerCosts {
  /** Peak of one worker, bytes: each repeats the whole collection. */
  readonly perWorkerBytes: number;
  /** Peak of the controller, which collects nothing itself, bytes. */
  readonly controllerBytes: number;
  readonly limitBytes: number;
  /** CPUs that may be used, quota taken into account. */
  readonly cpus: number;
  /** The limit's origin, such as `--limit`, `cgroup`, `machine`. */
  readonly origin: string;
}

/**
 * The largest `-n` of pytest-xdist whose workers fit into a memory limit while they collect. Every worker imports and
 * collects everything (xdist issue 353), the controller only waits for them; nothing is taken off for pages that they
 * share, so that the answer is on the safe side. More workers than CPUs gain nothing: see
 * {@link WorkerEstimate.cpus}.
 *
 * @throws UsageError where a figure is impossible
 */
export function largestWorkerCount(costs: WorkerCosts): WorkerEstimate {
  const { perWorkerBytes, controllerBytes, limitBytes, cpus, origin } = costs;
  demand('bytes of a worker above 0', perWorkerBytes, perWorkerBytes > 0);
  demand('bytes of the controller of at least 0', controllerBytes, controllerBytes >= 0);
  demand('a limit above 0', limitBytes, limitBytes > 0);
  demand('CPUs above 0', cpus, cpus > 0);
  const fitting = Math.floor((limitBytes - controllerBytes) / perWorkerBytes);
  return { limit: limitBytes, origin, perWorker: perWorkerBytes, largest: Math.max(0, fitting), cpus };
}

function demand(what: string, value: number, isPossible: boolean): void {
  if (!isPossible || !Number.isFinite(value))
    throw new UsageError('IMPOSSIBLE_WORKERS', `Expected ${what}, got ${value}`);
}
