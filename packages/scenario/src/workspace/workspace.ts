import type { ChildProcess } from 'node:child_process';

/** A process (and all its descendants) that dies with its owner. */
export interface OwnedProcess extends AsyncDisposable {
  readonly pid: number;
  readonly child: ChildProcess;
  /** Resolves when it is gone, with how it went. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

export interface SpawnOptions {
  readonly cwd?: string;
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
  /** Starts a program in a process group of its own. */
  spawn(command: string, args: readonly string[], options?: SpawnOptions): OwnedProcess;
}
