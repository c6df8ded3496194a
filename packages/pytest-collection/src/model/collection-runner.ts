import type { Workspace } from '@seaworthy/scenario';
import type { PeakMemory } from './peak-memory.ts';

/**
 * Where a collection's process lives: this machine, a limit of memory on this machine, a container. The port behind which
 * `collectOnce` does not see the difference.
 */
export interface CollectionRunner {
  /** For people, such as `host` or `cgroup v1, 512 MiB`. */
  readonly name: string;
  /** The memory limit that it sets: read back from where it is in force, not as it was asked for. */
  readonly limit?: {
    readonly bytes: number;
    readonly tier: 'cgroup-v2' | 'cgroup-v1' | 'address-space' | 'container';
  };
  /**
   * The runs see other files than this machine: the target's interpreter and folder, and every path in a recording, are
   * those of the place where they run.
   */
  readonly elsewhere?: {
    /** Where a file of that place lies on this machine; `undefined`: nowhere. */
    readonly pathHere: (path: string) => string | undefined;
    /** Runs a program of ours there and tells what it saw; `undefined` where it gave no answer. Missing where none can be run. */
    readonly look?: (look: Look) => Promise<Seen | undefined>;
    /** How the project starts process 1 there when it runs its tests itself, as far as that is declared. */
    readonly start?: {
      /** Entry point and command. */
      readonly command: readonly string[];
      /** Process 1 is a small program of the engine, which passes signals on. */
      readonly init: boolean;
    };
  };
  start(request: RunRequest): Promise<RunningCollection>;
}

export interface Look {
  /** Of this package's `python` folder; reads JSON and writes JSON. */
  readonly program: string;
  readonly question: unknown;
  /** Folders of this machine that it sees, at the same places. Default: none. */
  readonly folders?: readonly string[];
  readonly workspace: Workspace;
  readonly signal?: AbortSignal;
}

export interface Seen {
  readonly answer: unknown;
  /** In force there, as the kernel tells them. */
  readonly limits: { readonly cpus?: number; readonly memoryBytes?: number };
}

export interface RunRequest {
  /** Program and arguments. */
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly workspace: Workspace;
  /** Folders of this machine that the command reads, and those that it also writes to. */
  readonly folders?: { readonly read: readonly string[]; readonly written: readonly string[] };
}

/** Disposing of it ends the whole tree and undoes what `start` made. */
export interface RunningCollection extends AsyncDisposable {
  /** As this machine sees it. */
  readonly pid: number;
  /** The shared monotonic clock (`process.hrtime.bigint()`), ns. */
  readonly startedAt: bigint;
  /** Of the main process; the rest of the tree may live on. */
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: NodeJS.Signals | null;
    readonly at: bigint;
  }>;
  /** To the whole process group; `name` may be a number for signals without a name. */
  signal(name: NodeJS.Signals | number): void;
  /**
   * When the first of these reached the run, by the monotonic clock: on a busy machine a while after it was sent into a container.
   * `undefined` where the run had ended before. Missing where a signal comes at once.
   */
  signalled?(): Promise<bigint | undefined>;
  /**
   * What a process of the tree waits for, in words, as far as the kernel tells: "connect to 127.0.0.1:5432", "a lock".
   * Missing where that cannot be seen.
   */
  waitsFor?(pid: number): string | undefined;
  /**
   * To one process of the tree, by the number that it has itself; nothing happens where it is not (or no more) of the
   * tree. Missing where that cannot be done.
   */
  signalProcess?(pid: number, name: NodeJS.Signals | number): void;
  /** Ends what is left of the tree, then tells what the whole of it used. To be called once, after `ended`. */
  usage(): Promise<TreeUsage>;
  /** What was printed last, at most 16 KiB each. */
  output(): { readonly stdout: string; readonly stderr: string };
}

export interface TreeUsage {
  readonly cpuMs: number;
  readonly peak: PeakMemory;
  /** Rises of the kernel's counters of kills for memory during the run, by whose limit it was. */
  readonly memoryKills: {
    readonly own: number;
    readonly ancestors: number;
    readonly host: number;
    /** Bytes; of the limit that was hit, where it is known. */
    readonly limitBytes?: number;
    /** When the first kill by the run's own limit was seen, as far as somebody looked. */
    readonly seen?: KillSighting;
  };
  /** Commands of processes that outlived the main one. */
  readonly leftBehind: readonly string[];
}

/** Between two looks at the kernel's counter, ms since the start of the process. */
export interface KillSighting {
  /** It had not risen yet. */
  readonly afterMs: number;
  /** It had. */
  readonly byMs: number;
}
