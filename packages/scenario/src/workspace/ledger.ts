import { appendFileSync, readFileSync } from 'node:fs';
import { basename, isAbsolute, join, normalize } from 'node:path';
import { nameOfRun } from './run-id.ts';
import type { Undoable } from './workspace.ts';

const LEDGER_FILE = 'ledger.jsonl';

type Entry =
  { readonly id: number; readonly owned: Undoable } | { readonly id: number; readonly undone: true };

/**
 * What a run has to undo besides its folder and its marked processes. Kept in a file of the run's folder that only
 * grows, a line an entry, so that the guard and a later sweep know as much as the tool did. A line that was cut off
 * by `kill -9` is ignored: what it would have announced was not made yet.
 */
export class Ledger {
  readonly #file: string;
  #lastId = 0;

  constructor(folder: string) {
    this.#file = join(folder, LEDGER_FILE);
  }

  /** Returns the number under which it can be struck off. */
  add(owned: Undoable): number {
    const id = (this.#lastId += 1);
    this.#append({ id, owned });
    return id;
  }

  strikeOff(id: number): void {
    this.#append({ id, undone: true });
  }

  /** On a line of its own even after one that was cut off because the disk was full. */
  #append(entry: Entry): void {
    appendFileSync(this.#file, `\n${JSON.stringify(entry)}\n`, { mode: 0o600 });
  }
}

/** What is still to be undone, the latest first. */
export function readLedger(folder: string, runId: string): Undoable[] {
  const open = new Map<number, Undoable>();
  for (const line of readLines(join(folder, LEDGER_FILE))) {
    const entry = parseEntry(line);
    if (entry === undefined) continue;
    if ('undone' in entry) open.delete(entry.id);
    else if ('owned' in entry && mayBeUndone(entry.owned, runId)) open.set(entry.id, entry.owned);
  }
  return [...open.values()].reverse();
}

/** Whether it is of a known kind and says by its name that it belongs to the run. */
export function mayBeUndone(undoable: Undoable | null, runId: string): boolean {
  if (undoable === null || typeof undoable !== 'object') return false;
  if (undoable.kind === 'process-group') {
    return Number.isInteger(undoable.pid) && undoable.pid > 1 && typeof undoable.startTime === 'string';
  }
  const name = nameOfRun(runId);
  if (undoable.kind === 'container') {
    return (
      isPlainName(undoable.name) && undoable.name.startsWith(`${name}-`) && isEndpoint(undoable.endpoint)
    );
  }
  if (undoable.kind !== 'folder' && undoable.kind !== 'cgroup') return false;
  const { path } = undoable;
  return (
    typeof path === 'string' &&
    isAbsolute(path) &&
    normalize(path) === path &&
    (basename(path) === name || basename(path).startsWith(`${name}-`))
  );
}

/** What container engines allow in a name. */
function isPlainName(name: unknown): name is string {
  return typeof name === 'string' && /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name);
}

function isEndpoint(endpoint: Partial<Record<string, unknown>> | null | undefined): boolean {
  if (endpoint?.['kind'] === 'socket') return typeof endpoint['path'] === 'string';
  return (
    endpoint?.['kind'] === 'tcp' &&
    typeof endpoint['host'] === 'string' &&
    Number.isInteger(endpoint['port']) &&
    (endpoint['tls'] === undefined || (typeof endpoint['tls'] === 'object' && endpoint['tls'] !== null))
  );
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function parseEntry(line: string): Entry | undefined {
  try {
    const entry = JSON.parse(line) as Entry | null;
    return typeof entry === 'object' && entry !== null ? entry : undefined;
  } catch {
    return undefined;
  }
}
