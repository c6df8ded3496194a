import { DEFAULT_END_OPTIONS, endProcesses, type EndOptions } from '../process/end-processes.ts';
import { findOwned } from '../process/owned-processes.ts';
import { readProcesses, type ProcessEntry } from '../process/process-table.ts';
import { readLedger } from './ledger.ts';
import { removeCgroup } from './remove-cgroup.ts';
import { removeFolder } from './remove-folder.ts';
import type { Undoable } from './workspace.ts';

export interface RemovalOptions extends EndOptions {
  /**
   * Whether a process group of the ledger whose leader is gone is still believed to be ours. Right after the tool went
   * it is; long after, its number may have been given to another group, so only marked processes are ended.
   */
  readonly trustLeaderlessGroups: boolean;
}

export interface RemovalReport {
  readonly processesEnded: number;
  /** What could not be undone. While there is any, the folder stays, so that the next sweep tries again. */
  readonly failures: readonly Error[];
}

type GroupEntry = Extract<Undoable, { kind: 'process-group' }>;

/** Undoes everything of a run: processes, then what the ledger says (latest first), then the folder. */
export async function removeRun(
  folder: string,
  runId: string,
  options: RemovalOptions,
): Promise<RemovalReport> {
  const ledger = readLedger(folder, runId);
  const entries = ledger.filter((undoable) => undoable.kind === 'process-group');
  const others = ledger.filter((undoable) => undoable.kind !== 'process-group');
  const { ended, survivors } = await endProcesses(() => {
    const table = readProcesses();
    return findOwned(table, {
      mark: runId,
      groups: ourGroups(entries, table, options.trustLeaderlessGroups),
    });
  }, options);
  const failures = survivors.map((pid) => new Error(`Process ${pid} did not end, not even by SIGKILL`));
  const attempt = async (undo: () => Promise<void>): Promise<void> => {
    try {
      await undo();
    } catch (error) {
      failures.push(error as Error);
    }
  };
  // An engine that does not answer must not keep the rest waiting for its every container.
  const [containers, rest] = [others.filter(isContainer), others.filter((entry) => !isContainer(entry))];
  await Promise.all(containers.map((container) => attempt(() => undo(container, runId))));
  for (const undoable of rest) await attempt(() => undo(undoable, runId));
  if (failures.length === 0) await attempt(() => removeFolder(folder));
  return { processesEnded: ended, failures };
}

function isContainer(undoable: Undoable): boolean {
  return undoable.kind === 'container';
}

/**
 * Undoes one thing; does nothing where it is not there.
 *
 * @throws where it cannot be undone.
 */
export async function undo(undoable: Undoable, runId: string): Promise<void> {
  switch (undoable.kind) {
    case 'container':
      // Loaded where it is needed: few runs have containers, and an HTTP client takes time to load.
      return (await import('../engine/remove-container.ts')).removeContainer(undoable, runId);
    case 'folder':
      return removeFolder(undoable.path);
    case 'cgroup':
      return removeCgroup(undoable.path);
    case 'process-group': {
      const { survivors } = await endProcesses(() => {
        const table = readProcesses();
        const groups = ourGroups([undoable], table, true);
        return table.filter((entry) => groups.has(entry.group));
      }, DEFAULT_END_OPTIONS);
      if (survivors.length > 0) throw new Error(`Processes ${survivors.join(', ')} did not end`);
    }
  }
}

/** The groups of the ledger that are provably still the ones that were entered. */
export function ourGroups(
  entries: readonly GroupEntry[],
  table: readonly ProcessEntry[],
  trustLeaderless: boolean,
): Set<number> {
  const startTimes = new Map(table.map((entry) => [entry.pid, entry.startTime]));
  const ours = entries.filter(
    ({ pid, startTime }) => (startTimes.get(pid) ?? (trustLeaderless && startTime)) === startTime,
  );
  return new Set(ours.map((entry) => entry.pid));
}
