import type { CollectionRun } from '../model/collection-run.ts';
import type { SourceRecord } from '../model/recording.ts';

/** Whether the bytecode of the project's test files and conftests was there before the run. */
export function bytecodeState(sources: readonly SourceRecord[]): CollectionRun['bytecode'] {
  if (sources.length === 0) return 'unknown';
  const hits = sources.filter(({ hit }) => hit).length;
  if (hits === sources.length) return 'warm';
  return hits === 0 ? 'cold' : 'mixed';
}
