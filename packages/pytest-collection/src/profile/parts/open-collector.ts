import type { CollectorRecord, Recording } from '../../model/recording.ts';

/**
 * The collector that was being collected when the run ended, with what it had cost by then: the time up to the end of the
 * phase, without what was collected or loaded inside of it.
 *
 * @param cpuMs CPU time of the whole run, where it is known: what the recorder never told was spent there
 */
export function openCollector(
  { collectors, phases, ownCpuMs }: Pick<Recording, 'collectors' | 'phases' | 'ownCpuMs'>,
  cpuMs?: number,
): { readonly index: number; readonly collector: CollectorRecord } | undefined {
  const index = collectors.findLastIndex(({ own }) => own === undefined);
  const open = collectors[index];
  const phase = phases.find(({ name }) => name === 'collect');
  if (open === undefined || phase === undefined) return undefined;
  const inside = collectors
    .slice(index + 1)
    .reduce((sum, { atMs, own }) => sum + (atMs < open.atMs ? 0 : (own?.wallMs ?? 0)), 0);
  const wallMs = Math.max(0, phase.atMs + phase.wallMs - open.atMs - inside);
  // A process that was killed tells its CPU time no more; the one that ended in order told all of it.
  const untold = cpuMs === undefined || ownCpuMs === undefined ? 0 : Math.max(0, cpuMs - ownCpuMs);
  const own = { wallMs, cpuMs: Math.min(wallMs, untold), memoryBytes: 0, gcRuns: 0, gcMs: 0 };
  return { index, collector: { ...open, own } };
}
