import type { ImportRecord } from '../../model/recording.ts';

type Timed = Pick<ImportRecord, 'wallMs' | 'cpuMs' | 'gcMs'>;

/** What an import took without the collections of garbage that happened in it: those hit whichever module comes along. */
export function importWork(record: Timed): { readonly wallMs: number; readonly cpuMs: number } {
  const { wallMs, cpuMs, gcMs = 0 } = record;
  return { wallMs: Math.max(0, wallMs - gcMs), cpuMs: Math.max(0, cpuMs - gcMs) };
}
