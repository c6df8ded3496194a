import type { ProcessEntry } from './process-table.ts';

/** How processes are recognised as owned. */
export interface Ownership {
  readonly mark: string;
  /** Process groups that are known to be ours, for processes that were started with an empty environment. */
  readonly groups: ReadonlySet<number>;
}

/**
 * The processes that carry the mark or are in one of the groups, and all their descendants; never this process.
 * What escapes is only a process that at the same time dropped its environment, left its group and lost its parent.
 */
export function findOwned(table: readonly ProcessEntry[], { mark, groups }: Ownership): ProcessEntry[] {
  const children = Map.groupBy(table, (entry) => entry.parent);
  const owned = new Map<number, ProcessEntry>();
  const queue = table.filter((entry) => groups.has(entry.group) || entry.marks().includes(mark));
  for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) {
    if (entry.pid === process.pid || owned.has(entry.pid)) continue;
    owned.set(entry.pid, entry);
    queue.push(...(children.get(entry.pid) ?? []));
  }
  return [...owned.values()];
}
