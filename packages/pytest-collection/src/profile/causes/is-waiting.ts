import type { CollectionRun } from '../../model/collection-run.ts';

const LEAST_WAIT_MS = 200;
const MOST_CPU_SHARE = 0.3;

export interface Timed {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/**
 * Whether a part waited, rather than shared its processor with others: it had less than a third of a CPU, and waited 0.2 s
 * longer than the rest of the run would make one expect.
 */
export function isWaiting(part: Timed, run: CollectionRun): boolean {
  const phase = run.recording.phases.filter(({ name }) => name !== 'exit');
  const wall = phase.reduce((sum, { wallMs }) => sum + wallMs, 0) - part.wallMs;
  const cpu = phase.reduce((sum, { cpuMs }) => sum + cpuMs, 0) - part.cpuMs;
  const usual = wall > 0 ? Math.min(1, Math.max(0.1, cpu / wall)) : 1;
  return part.cpuMs < MOST_CPU_SHARE * part.wallMs && part.wallMs - part.cpuMs / usual >= LEAST_WAIT_MS;
}
