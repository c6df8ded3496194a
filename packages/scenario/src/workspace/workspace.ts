import type { ChildProcess } from 'node:child_process';
import type { EngineEndpoint } from '../subject.ts';

/** A process (and all its descendants) that dies with its owner. */
export interface OwnedProcess extends AsyncDisposable {
  readonly pid: number;
  readonly child: ChildProcess;
  /** Resolves when it is gone, with how it went. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/**
 * Something that can be undone by anyone who reads of it in the run's ledger: the tool, its guard, or the next start.
 * The last part of a `path` must begin with `seaworthy-<runId>`, and paths must be absolute, so that no mistake in a
 * ledger can remove what no run made. Undoing what is not there (any more) does nothing.
 */
export type Undoable =
  | { readonly kind: 'folder'; readonly path: string }
  /** A cgroup, version 1 or 2, with everything below it; the processes in it are killed. */
  | { readonly kind: 'cgroup'; readonly path: string }
  /** A container with all its anonymous volumes; `name` must begin with `seaworthy-<runId>`, and its label must say the same. */
  | { readonly kind: 'container'; readonly endpoint: EngineEndpoint; readonly name: string }
  /** `pid` and `startTime` of the process that leads it. */
  | { readonly kind: 'process-group'; readonly pid: number; readonly startTime: string };

/** A promise to undo something. Disposing of it undoes it. */
export interface Owned extends AsyncDisposable {
  /** Takes the promise back: the thing was not made after all. */
  forget(): void;
}

export interface SpawnOptions {
  readonly cwd?: string;
  /** Variables beside those of this process; `undefined` takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** As in `child_process.spawn`; by default nothing in, output and errors piped. */
  readonly stdio?: import('node:child_process').StdioOptions;
}

/**
 * The place where a run makes everything that must be undone. All of it carries the run's id and is removed when the
 * workspace is disposed of, by the guard process when the tool was killed, and by the next start when even the guard
 * was.
 */
export interface Workspace extends AsyncDisposable {
  readonly runId: string;
  /** Absolute path of the run's own folder. */
  readonly folder: string;
  /** Makes a new, empty folder under `folder`. */
  makeFolder(name: string): Promise<string>;
  /**
   * Starts a program in a process group of its own. Disposing of it ends it and its descendants, SIGTERM first.
   *
   * @throws NotStarted
   */
  spawn(command: string, args: readonly string[], options?: SpawnOptions): OwnedProcess;
  /**
   * Promises to undo something outside of the folder. Call it first and make the thing only after it returned, so that
   * no instant remains at which it is there and nobody knows. Disposing of the result undoes it.
   */
  own(undoable: Undoable): Owned;
}
