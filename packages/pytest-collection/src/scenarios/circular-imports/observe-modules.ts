import type { Recording } from '../../model/recording.ts';
import type { PlainImports } from './import-in-order.ts';
import type { ObservedModule } from './circular-imports-observation.ts';

/** Test files in the order in which pytest came to them, then those that it did not come to, by name. */
export function orderOfImport(recording: Recording, files: readonly string[]): readonly string[] {
  const known = new Set(files);
  const entered = new Set(recording.collectors.map(({ nodeId }) => nodeId).filter((id) => known.has(id)));
  return [...entered, ...files.filter((file) => !entered.has(file)).sort()];
}

/** Puts side by side what pytest and CPython say of each file. */
export function observeModules(
  recording: Recording,
  order: readonly string[],
  imports: PlainImports,
): readonly ObservedModule[] {
  const collectors = new Map(recording.collectors.map((collector) => [collector.nodeId, collector]));
  const errors = new Map(recording.errors.map((error) => [error.nodeId, error]));
  return order.map((path, index) => {
    const collector = collectors.get(path);
    const error = errors.get(path);
    return {
      path,
      collected: collector === undefined ? 'missing' : (collector.outcome ?? 'unfinished'),
      tests: collector?.items ?? 0,
      error: error === undefined ? null : { type: error.type, message: error.message },
      reference: imports.inOrder[index] ?? null,
      alone: imports.alone[index] ?? null,
    };
  });
}
