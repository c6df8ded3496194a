import type { CollectionOutcome } from '../../model/collection-outcome.ts';
import type { PeakMemory } from '../../model/peak-memory.ts';
import type { PhaseName } from '../../model/recording.ts';

/** One collection of a generated tree, reduced to what a judge and a record need. Paths are relative to the tree. */
export interface ObservedCollection {
  /** Test files and tests that the tree holds. */
  readonly expected: { readonly files: number; readonly tests: number };
  /** Size of the tree as a share of the one that limits of time are meant for. */
  readonly share: number;
  readonly outcome: CollectionOutcome;
  /** How many errors there were; the outcome may hold fewer. */
  readonly errors: number;
  /** Tests selected and the files they are in; `null` where collection did not come to its end. */
  readonly found: { readonly files: number; readonly tests: number; readonly deselected: number } | null;
  /** A hash over the sorted node ids; `null` where collection did not come to its end. */
  readonly hash: string | null;
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Time in which it could have run, but other processes had the processors; `null` where the system does not tell. */
  readonly waitedForCpuMs: number | null;
  readonly peak: { readonly bytes: number; readonly source: PeakMemory['source'] };
  readonly phases: readonly {
    readonly name: PhaseName;
    readonly wallMs: number;
    readonly cpuMs: number;
    readonly memoryBytes: number;
  }[];
  /** Resident memory of pytest's process over time. */
  readonly memory: readonly { readonly atMs: number; readonly bytes: number }[];
  /** What took most of the time and of the memory. */
  readonly dearest: readonly Expense[];
  /** Plugins that are not pytest's own, as `name version`. */
  readonly plugins: readonly string[];
  readonly bytecode: 'cold' | 'warm' | 'mixed' | 'unknown';
  readonly leftBehind: readonly string[];
  /** The end of what it printed to standard error, for people. */
  readonly printed: string;
  /** Versions; empty where it did not come so far. */
  readonly python: string;
  readonly pytest: string;
}

/** Something that a collection spent time and memory on. */
export interface Expense {
  readonly what: 'import' | 'conftest' | 'hook' | 'file';
  /** As a reader would look for it: a module, a path, `hook of plugin`. */
  readonly name: string;
  /** Of a hook: the plugin, as `-p no:NAME` takes it, where it is installed rather than part of the tree. */
  readonly plugin?: string;
  /** Itself, without what it started in its turn. */
  readonly wallMs: number;
  readonly memoryBytes: number;
}
