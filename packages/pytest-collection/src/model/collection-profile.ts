import type { SourceLocation } from '@seaworthy/scenario';
import type { CollectionOutcome } from './collection-outcome.ts';
import type { PeakMemory } from './peak-memory.ts';
import type { CollectionError, MemorySample, PhaseRecord, PluginFacts } from './recording.ts';
import type { TimeSpan } from './collection-run.ts';

/** Where the time and the memory of a project's own collection go. Plain data; paths are relative to `root` where they lie inside, with forward slashes. */
export interface CollectionProfile {
  readonly schemaVersion: 1;
  /** Absolute. */
  readonly root: string;
  /** ISO 8601. */
  readonly takenAt: string;
  readonly python: { readonly version: string; readonly executable: string };
  readonly pytest: { readonly version: string; readonly rootdir: string; readonly inifile?: string };
  /** As it can be typed into a shell. */
  readonly command: string;
  /** Where it ran, such as `container of shop-tests, 512 MiB`. Missing: on the machine itself, without a limit. */
  readonly runner?: string;
  readonly outcome: CollectionOutcome;
  readonly tests: {
    readonly found: number;
    readonly deselected: number;
    readonly files: number;
    readonly hash?: string;
  };
  /** The first run had no bytecode of the project, later ones had it. The details below are of `warm` where there is one, of `cold` otherwise. */
  readonly runs: { readonly cold?: RunFigures; readonly warm?: RunFigures };
  readonly tree: ProfileNode;
  /** Most expensive first. */
  readonly files: readonly FileCost[];
  /** Most expensive first. */
  readonly conftests: readonly FileCost[];
  /** Most expensive first, by what they cost themselves. */
  readonly imports: readonly ImportCost[];
  /** Most expensive first. */
  readonly plugins: readonly PluginCost[];
  readonly errors: readonly CollectionError[];
  /** What could not be recorded: see `Recording.faults`. Missing where all is well. */
  readonly recorderFaults?: readonly string[];
  /** What is wrong, and what to change; most expensive first. */
  readonly causes: readonly ProfileCause[];
  /** The smallest memory limit under which collection still passes, by bisection, where it was looked for. */
  readonly smallestLimit?: SmallestLimit;
  /** The largest `-n` whose workers fit, where a limit is known. */
  readonly workers?: WorkerEstimate;
}

export interface RunFigures {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peak: PeakMemory;
  /** Phases of the recording with their CPU time and memory. */
  readonly phases: readonly PhaseRecord[];
  /** The whole wall time. */
  readonly spans: readonly TimeSpan[];
  /** What pytest says it took ("collected in …" counts no more): from session start to the end of collection. */
  readonly pytestSaysMs?: number;
  readonly memory: readonly MemorySample[];
  readonly gcMs: number;
  readonly bytecodeHits: number;
  readonly bytecodeMisses: number;
  readonly rewriteMs: number;
}

/** A folder, file or class. Costs contain everything below. */
export interface ProfileNode {
  /** Its own part of the node id, such as `tests`, `test_cart.py`, `TestCart`. */
  readonly name: string;
  readonly kind: 'folder' | 'file' | 'class' | 'other';
  readonly path?: string;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly memoryBytes: number;
  readonly items: number;
  readonly errors: number;
  /** The run ended while it was being collected: its costs are those up to then. Default: no. */
  readonly unfinished?: boolean;
  /** What a file's own wall time is made of. */
  readonly parts?: { readonly rewriteMs: number; readonly execMs: number; readonly importMs: number };
  readonly children: readonly ProfileNode[];
}

export interface FileCost {
  readonly path: string;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly memoryBytes: number;
  readonly items: number;
  readonly deselected: number;
  readonly rewriteMs: number;
  readonly execMs: number;
  /** The run ended while it was being collected: its costs are those up to then. Default: no. */
  readonly unfinished?: boolean;
  /** The heaviest thing that it imports, where one stands out. */
  readonly heaviestImport?: { readonly module: string; readonly wallMs: number };
}

export interface ImportCost {
  readonly module: string;
  readonly path?: string;
  /** With everything that it imported, without collections of garbage. */
  readonly wallMs: number;
  readonly selfMs: number;
  readonly memoryBytes: number;
  /** The chain from the test file or conftest to it, outermost first. */
  readonly chain: readonly string[];
  /** The line in `chain[0]`'s file that starts it, where it can be told. */
  readonly location?: SourceLocation;
}

export interface PluginCost extends Pick<PluginFacts, 'name' | 'origin' | 'distribution' | 'version'> {
  /** Importing it. */
  readonly importMs: number;
  /** In its hooks; missing where hooks were not recorded. */
  readonly hooksMs?: number;
  readonly memoryBytes: number;
  readonly hooks: readonly { readonly hook: string; readonly calls: number; readonly wallMs: number }[];
  /** What collecting again without it saved, in interleaved pairs: the proof, where it was made. */
  readonly without?: {
    readonly savedMs: number;
    readonly lowMs: number;
    readonly highMs: number;
    readonly savedBytes: number;
    /** The same tests were collected; where not, nothing else is said. */
    readonly sameTests: boolean;
    /** Which time was compared: `cpu` where the machine was too busy for wall time to tell. Default: `wall`. */
    readonly by?: 'wall' | 'cpu';
  };
}

/** Ids are stable: they are what a configuration, a comparison and the documentation name. */
export type CauseId =
  | 'killed-for-memory'
  | 'hidden-exit-code'
  | 'workers-exceed-memory'
  | 'workers-exceed-cpus'
  | 'heavy-import'
  | 'heavy-conftest'
  | 'waits-at-import'
  | 'import-deadlock'
  | 'parametrize-explosion'
  | 'mostly-deselected'
  | 'expensive-plugin'
  | 'slow-hook'
  | 'end-of-session-gc'
  | 'bytecode-never-cached'
  | 'walks-in-vain'
  | 'slow-file-system'
  | 'emulated-processor'
  | 'descriptor-limit'
  | 'small-shared-memory'
  | 'init-ignores-signals'
  | 'musl'
  | 'extension-missing'
  | 'symlink-loop'
  | 'leftover-thread'
  | 'leftover-child'
  | 'memory-grows';

export interface ProfileCause {
  readonly id: CauseId;
  /** One sentence with the figures: "tests/conftest.py takes 1.2 s of 3.4 s, 1.1 s of it for `import pandas`". */
  readonly message: string;
  readonly certainty: 'certain' | 'likely';
  /** What goes away with the fix, where it can be said. */
  readonly savesMs?: number;
  readonly savesBytes?: number;
  readonly evidence: readonly string[];
  /** One line. */
  readonly fix: string;
  readonly location?: SourceLocation;
}

export interface SmallestLimit {
  /** Smallest limit tried that passed, bytes. */
  readonly passes: number;
  /** Largest limit tried that did not. */
  readonly fails?: number;
  /** `false`: the trials were used up before it had passed often enough, and near enough to one that fails. */
  readonly confirmed?: boolean;
  /** Every limit that was tried, in the order of trying. */
  readonly tried: readonly {
    readonly bytes: number;
    readonly passed: boolean;
    readonly outcome: CollectionOutcome['kind'];
  }[];
}

export interface WorkerEstimate {
  /** Bytes. */
  readonly limit: number;
  /** The limit's origin: `--limit`, `cgroup`, `machine`. */
  readonly origin: string;
  /** Peak of one worker and of the controller, bytes. */
  readonly perWorker: number;
  /** 0: not even one fits. */
  readonly largest: number;
  /** CPUs that may be used, quota taken into account. */
  readonly cpus: number;
}
