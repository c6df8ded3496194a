import type { HookRecord, ImportRecord, Recording } from '../../model/recording.ts';
import type { Expense } from './observed-collection.ts';

const KEPT = 3;

/** The most expensive things of each sort that a recording names: by time, and by memory. */
export function dearestOf(recording: Recording): readonly Expense[] {
  const sorts = [imports(recording), conftests(recording), hooks(recording), files(recording)];
  return sorts.flatMap((expenses) => {
    const kept = new Set([...most(expenses, 'wallMs'), ...most(expenses, 'memoryBytes')]);
    return expenses.filter((expense) => kept.has(expense));
  });
}

function most(expenses: readonly Expense[], by: 'wallMs' | 'memoryBytes'): readonly Expense[] {
  return [...expenses]
    .filter((expense) => expense[by] > 0)
    .sort((a, b) => b[by] - a[by])
    .slice(0, KEPT);
}

/** Without the imports inside, which are there themselves. */
function imports({ imports: records }: Recording): readonly Expense[] {
  const inner = new Map<number, ImportRecord[]>();
  for (const record of records) inner.set(record.parent, [...(inner.get(record.parent) ?? []), record]);
  return records.map(({ module, wallMs, memoryBytes }, index) => {
    const below = inner.get(index) ?? [];
    return {
      what: 'import',
      name: module,
      wallMs: below.reduce((rest, one) => rest - one.wallMs, wallMs),
      memoryBytes: below.reduce((rest, one) => rest - one.memoryBytes, memoryBytes),
    };
  });
}

function conftests({ conftests: records }: Recording): readonly Expense[] {
  return records.map(({ path, wallMs, memoryBytes }) => ({
    what: 'conftest',
    name: path,
    wallMs,
    memoryBytes,
  }));
}

/** Those of plugins: what pytest's own take is part of every collection. */
function hooks({ hooks: records, pytest }: Recording): readonly Expense[] {
  const plugins = new Map((pytest?.plugins ?? []).map((plugin) => [plugin.name, plugin]));
  const isOwn = ({ plugin }: HookRecord): boolean => plugins.get(plugin)?.origin === 'builtin';
  return records
    .filter((record) => !isOwn(record))
    .map(({ plugin, hook, wallMs, memoryBytes }) => ({
      what: 'hook',
      name: `${hook} of ${plugin}`,
      ...(plugins.get(plugin)?.origin === 'entry-point' ? { plugin } : {}),
      wallMs,
      memoryBytes,
    }));
}

function files({ collectors }: Recording): readonly Expense[] {
  return collectors.flatMap(({ path, own, nodeId }) =>
    own === undefined
      ? []
      : [{ what: 'file', name: path ?? nodeId, wallMs: own.wallMs, memoryBytes: own.memoryBytes } as const],
  );
}
