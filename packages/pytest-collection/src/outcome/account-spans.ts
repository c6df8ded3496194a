import type { TimeSpan } from '../model/collection-run.ts';
import type { PhaseRecord } from '../model/recording.ts';

/**
 * The whole wall time as spans without gaps: the phases of the recording one after the other, and `teardown` for what
 * remained after Python's last word.
 */
export function accountSpans(phases: readonly PhaseRecord[], wallMs: number): TimeSpan[] {
  const spans: TimeSpan[] = [];
  let fromMs = 0;
  const add = (name: string, until: number): void => {
    const toMs = Math.min(Math.max(until, fromMs), wallMs);
    if (toMs > fromMs) spans.push({ name, fromMs, toMs });
    fromMs = toMs;
  };
  phases.forEach((phase, index) => {
    add(phase.name, phases[index + 1]?.atMs ?? phase.atMs + phase.wallMs);
  });
  add(phases.length === 0 ? 'start-up' : 'teardown', wallMs);
  return spans;
}
