import type { Workspace } from '@seaworthy/scenario';
import type { CollectionRunner } from './collection-runner.ts';
import type { Position } from './recording.ts';

export interface CollectOptions {
  /** Default: this machine, without a limit of memory. */
  readonly runner?: CollectionRunner;
  /** Where processes and folders are made. Default: one of its own, gone when the call returns. */
  readonly workspace?: Workspace;
  /** Ends the run; the call then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Default: 10 minutes. `Infinity`: none. */
  readonly timeoutMs?: number;
  /** `hooks` also records what each plugin spends in each hook. Default: `files`. */
  readonly detail?: 'files' | 'hooks';
  /** Default: {@link Bytecode} `as-is`. */
  readonly bytecode?: Bytecode;
  /** Sends a signal to the run's whole process group on purpose. */
  readonly interrupt?: Interruption;
  /** Called as rows arrive, at most about ten times a second. What it throws ends the run, and the call rejects with it. */
  readonly onProgress?: (progress: CollectionProgress) => void;
}

/**
 * Where the bytecode of the project's own files lies. `as-is`: nothing is changed, so pytest writes `__pycache__` folders
 * where the user's own run would. `private`: in `folder` alone; the project's folders are neither read nor written, and
 * what is installed (pytest, the standard library, site-packages) keeps its own bytecode. An empty folder makes a cold
 * run, the same folder again a warm one, whatever PYTHONDONTWRITEBYTECODE says.
 */
export type Bytecode = { readonly kind: 'as-is' } | { readonly kind: 'private'; readonly folder: string };

export interface Interruption {
  /** Default: SIGINT. */
  readonly signal?: 'SIGINT' | 'SIGTERM';
  /** ms after the start of the process. */
  readonly afterMs: number;
  /** Sends it earlier, as soon as this holds. Asked as often as `onProgress` is called. */
  readonly when?: (progress: CollectionProgress) => boolean;
  /** Sends it so many ms after `when` first held. Default: 0. */
  readonly delayMs?: number;
  /** How long it may take to stop before it is killed, ms. Default: 30 s. */
  readonly patienceMs?: number;
}

export interface CollectionProgress {
  readonly elapsedMs: number;
  readonly at: Position;
  /** Test files that were collected so far. */
  readonly files: number;
  readonly items: number;
  readonly memoryBytes: number;
}
