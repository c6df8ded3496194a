import type { PHASE_NAMES } from './phase-names.ts';

/**
 * What our pytest plugin told of one collection, as far as it got: rows are written as things happen, so a run that was
 * killed has a recording too, which ends where it was killed. Times are ms since the process was started, by the clock
 * that the runner and the plugin share; memory is in bytes.
 */
export interface Recording {
  /** Missing where the interpreter never came as far as our bootstrap. */
  readonly python?: PythonFacts;
  /** Missing where pytest could not be imported or never finished its configuration. */
  readonly pytest?: PytestFacts;
  /** In order; each lasts until the next one begins. */
  readonly phases: readonly PhaseRecord[];
  /** Every collector that was entered, in the order of entering. */
  readonly collectors: readonly CollectorRecord[];
  readonly conftests: readonly ConftestRecord[];
  /** Modules whose import took long enough to be told apart (at least about 1 ms, or 256 KiB). */
  readonly imports: readonly ImportRecord[];
  /** What it took to get the code of each test module and conftest: whether from bytecode, or by rewriting. */
  readonly sources: readonly SourceRecord[];
  /** Empty unless the run was asked for the price of hooks. */
  readonly hooks: readonly HookRecord[];
  readonly errors: readonly CollectionError[];
  /** Missing where collection did not come to its end. */
  readonly items?: ItemCounts;
  /** Resident memory of the pytest process over time, in order. */
  readonly memory: readonly MemorySample[];
  readonly garbage: GarbageCollection;
  /** VmHWM of the pytest process when it last told, bytes. */
  readonly ownPeakBytes?: number;
  /** User and system time of the pytest process when it last told. */
  readonly ownCpuMs?: number;
  /** Where the process was when it told for the last time; where it stopped early, if it came to its end in order. */
  readonly last: Position;
  /** What pytest meant to exit with, and why it stopped early, where it came so far. */
  readonly ending?: PytestEnding;
  /** Why there is no pytest to run: not installed, too old, or its import fails. */
  readonly noPytest?: string;
  /** Descriptors, threads and children that it still had at its end. */
  readonly leftovers?: Leftovers;
  /**
   * What could not be recorded, by the recorder's own fault or because this pytest or Python lacks something that is not
   * public: a line each, below it a traceback where there is one. Missing where all is well.
   */
  readonly faults?: readonly string[];
  /** Why the rows end before the run did: "no space left on device (/tmp/...)". Then nothing is known of the rest. */
  readonly incomplete?: string;
}

export interface PythonFacts {
  readonly executable: string;
  readonly version: string;
  readonly implementation: string;
  readonly pid: number;
  /** `PYTHONDONTWRITEBYTECODE`, `-B`. */
  readonly dontWriteBytecode: boolean;
}

export interface PytestFacts {
  readonly version: string;
  readonly pluggy: string;
  /** Absolute. */
  readonly rootdir: string;
  /** Absolute. */
  readonly inifile?: string;
  readonly testpaths: readonly string[];
  /** What pytest made of `addopts`, PYTEST_ADDOPTS and the command line. */
  readonly args: readonly string[];
  readonly plugins: readonly PluginFacts[];
}

export interface PluginFacts {
  /** As `-p no:NAME` takes it. */
  readonly name: string;
  /** Where it comes from: `builtin` is pytest's own. */
  readonly origin: 'builtin' | 'entry-point' | 'conftest' | 'command-line' | 'other';
  /** Distribution and version, of an entry point. */
  readonly distribution?: string;
  readonly version?: string;
  /** Absolute path of its module. */
  readonly path?: string;
}

/**
 * `start-up`: the interpreter, until our bootstrap; `import`: of pytest itself; `configure`: plugins, ini file, the first
 * conftests; `collect`; `modify`: pytest_collection_modifyitems; `report`: until the session finishes; `unconfigure`:
 * fixtures, plugins and the last garbage collections; `exit`: what Python does after main returned.
 */
export type PhaseName = (typeof PHASE_NAMES)[number];

export interface PhaseRecord {
  readonly name: PhaseName;
  readonly atMs: number;
  /** Until the next one began, or the process was last heard of or ended. */
  readonly wallMs: number;
  readonly cpuMs: number;
  /** At its end minus at its beginning. */
  readonly memoryBytes: number;
}

export type CollectorOutcome = 'passed' | 'failed' | 'skipped';

export interface CollectorRecord {
  /** Index of the collector that it was found in; -1 for the session. */
  readonly parent: number;
  /** Name of its class, such as `Session`, `Dir`, `Package`, `Module`, `Class`. */
  readonly kind: string;
  /** Node id as pytest gives it; empty for the session. */
  readonly nodeId: string;
  /** Absolute path of the file or folder. */
  readonly path?: string;
  readonly atMs: number;
  /** Without the collectors below it, which pytest collects later; missing while it has not ended. */
  readonly own?: CollectorCost;
  readonly outcome?: CollectorOutcome;
  /** Tests that it holds directly. */
  readonly items: number;
}

export interface CollectorCost {
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Growth of resident memory, may be negative. */
  readonly memoryBytes: number;
  readonly gcRuns: number;
  readonly gcMs: number;
}

export interface ConftestRecord {
  /** Absolute. */
  readonly path: string;
  readonly atMs: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly memoryBytes: number;
  readonly failed: boolean;
}

export interface ImportRecord {
  readonly module: string;
  readonly path?: string;
  /** Index of the import that it happened in; -1 at the top. */
  readonly parent: number;
  readonly atMs: number;
  /** With everything that it imported itself. */
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly memoryBytes: number;
  /** Of `wallMs`, and of `cpuMs` as well: collections of garbage that hit it by chance. Default: 0. */
  readonly gcMs?: number;
  /** Without any import below it, those included that are not told apart, and without collections of garbage. */
  readonly selfMs?: number;
  /** Absolute path of the test file or conftest in whose execution it happened. */
  readonly within?: string;
}

export interface SourceRecord {
  /** Absolute. */
  readonly path: string;
  /** Bytecode was there and fresh. */
  readonly hit: boolean;
  /** Bytecode could be written, where there was none. */
  readonly written: boolean;
  /** Parsing, rewriting of assertions and compiling. */
  readonly rewriteMs: number;
  /** Executing the module, imports included. */
  readonly execMs: number;
}

/** What one plugin spent in one hook, over the whole run. */
export interface HookRecord {
  /** As in {@link PluginFacts}. */
  readonly plugin: string;
  readonly hook: string;
  readonly calls: number;
  /** Without what other plugins spent below a wrapper. */
  readonly wallMs: number;
  readonly memoryBytes: number;
}

export interface CollectionError {
  readonly nodeId: string;
  /** Absolute path of the file that could not be collected. */
  readonly path?: string;
  /** Of the place where it was raised, in `raisedIn`. */
  readonly line?: number;
  /** Absolute. */
  readonly raisedIn?: string;
  /** Such as `ImportError`. */
  readonly type: string;
  readonly message: string;
  /** As pytest shows it, at most 16 KiB. */
  readonly traceback: string;
}

export interface ItemCounts {
  /** Tests that were found, deselected ones included. */
  readonly found: number;
  readonly deselected: number;
  /** BLAKE2b (256 bits) over the node ids of the tests selected, in their order, hexadecimal. */
  readonly hash: string;
  /** The same over the sorted node ids. */
  readonly sortedHash: string;
  /** Tests found and deselected by file (absolute path). */
  readonly files: readonly FileItems[];
}

export interface FileItems {
  /** Absolute. */
  readonly path: string;
  readonly found: number;
  readonly deselected: number;
  /** Tests that parametrization made, and the test functions that it made them of; missing where it made none. */
  readonly parametrized?: { readonly made: number; readonly of: number };
}

export interface MemorySample {
  readonly atMs: number;
  readonly bytes: number;
}

export interface GarbageCollection {
  /** Runs of each generation. */
  readonly runs: readonly [number, number, number];
  readonly wallMs: number;
}

export interface Position {
  readonly phase: PhaseName;
  /** Absolute path of the file or folder that was being collected. */
  readonly path?: string;
  readonly nodeId?: string;
  /** The innermost module that was being imported. */
  readonly importing?: string;
  readonly atMs: number;
}

export interface PytestEnding {
  /** pytest's exit status, before anything outside changed it; of an exception that left pytest, what Python makes of it. */
  readonly status: number;
  /** An Interrupted, Exit, Failed or UsageError, or an internal error. */
  readonly reason?: string;
  readonly kind: 'finished' | 'interrupted' | 'exit' | 'stopped' | 'usage-error' | 'internal-error';
  /** Of an internal error or a plugin that failed. */
  readonly traceback?: string;
  /** Absolute path of the file in which what ended the run was raised, where it was an exception of somebody's code. */
  readonly raisedIn?: string;
  readonly line?: number;
  /** Where the process was when that happened; what it did afterwards was to clean up. */
  readonly at?: Position;
}

export interface Leftovers {
  /** Names of threads other than the main one, with whether they keep the process alive. */
  readonly threads: readonly { readonly name: string; readonly daemon: boolean }[];
  readonly children: readonly { readonly pid: number; readonly command: string }[];
  readonly descriptors: number;
}
