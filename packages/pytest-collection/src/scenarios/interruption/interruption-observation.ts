import type { CollectionOutcome } from '../../model/collection-outcome.ts';
import type { ExitMeaning } from './exit-meaning.ts';

/** What is kept of one run. Paths are relative to the tree. */
export interface ObservedRun {
  readonly outcome: CollectionOutcome;
  readonly exit: { readonly code: number | null; readonly signal: string | null };
  readonly wallMs: number;
  /** Tests found; `null` where collection did not come to its end. */
  readonly tests: number | null;
  /** A hash over the node ids in their order. */
  readonly hash: string | null;
  /** Files whose bytecode was there and fresh, and those for which it was written. */
  readonly bytecode: { readonly hits: number; readonly written: number };
  readonly leftBehind: readonly string[];
  /** Threads other than the main one that were still there when pytest was through. */
  readonly threads: readonly string[];
  /** The end of what it printed to standard error, for people. */
  readonly printed: string;
}

export interface InterruptedRun extends ObservedRun {
  /** ms from the start of the process to the signal, or to its end where that came first. */
  readonly afterMs: number;
  /** ms from the signal to the end of the process; `null`: it had ended before. */
  readonly stopMs: number | null;
  /** ms of the whole run in which other processes had the processors; absent or `null` where the system does not tell. */
  readonly waitedForCpuMs?: number | null;
  /** Whether the signal met the collection itself. */
  readonly met: 'collection' | 'too-early' | 'too-late';
  /** pytest collected on after the signal, as if there had been none. */
  readonly wentOn: boolean;
  /** Test files that it had come to. */
  readonly files: number;
}

/** What lies in the folder of the bytecode. */
export interface ObservedBytecode {
  readonly files: number;
  /** That Python would not survive. */
  readonly broken: readonly { readonly path: string; readonly message: string }[];
  /** Half-written files beside those that they were to replace: litter. */
  readonly drafts: readonly string[];
}

export interface InterruptionObservation {
  readonly undisturbed: ObservedRun;
  /** `null` where even the undisturbed run failed. */
  readonly interrupted: InterruptedRun | null;
  /** Runs before it, or it itself, in which the signal did not meet the collection. */
  readonly missed: number;
  /** Runs before it, or it itself, which went on. */
  readonly ignored: number;
  /** Runs before it, or it itself, that broke down while they printed where they were interrupted. */
  readonly unshown: number;
  /** What the interrupted run left; `null` where it did not stop. */
  readonly bytecode: ObservedBytecode | null;
  /** The run after it, on the same bytecode; `null` where it did not stop. */
  readonly again: ObservedRun | null;
  /** Runs for which pytest exits with 2, with what they ended for and what was made of it. */
  readonly exits: readonly {
    readonly means: ExitMeaning;
    readonly told: ExitMeaning | 'other';
    readonly code: number | null;
    readonly signal: string | null;
  }[];
  /** Versions; empty where it did not come so far. */
  readonly python: string;
  readonly pytest: string;
}
