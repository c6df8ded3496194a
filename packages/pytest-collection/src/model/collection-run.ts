import type { CollectionOutcome } from './collection-outcome.ts';
import type { PeakMemory } from './peak-memory.ts';
import type { Recording } from './recording.ts';

/** One `pytest --collect-only`, from before the process was started until after everything of it was gone. Plain data. */
export interface CollectionRun {
  readonly outcome: CollectionOutcome;
  readonly recording: Recording;
  /** The command as it was started. */
  readonly command: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  /** Name of the runner, such as `host`. */
  readonly runner: string;
  /** Whether the bytecode of the project was there before: of `mixed` some was. */
  readonly bytecode: 'cold' | 'warm' | 'mixed' | 'unknown';
  readonly exit: { readonly code: number | null; readonly signal: NodeJS.Signals | null };
  /** From the start of the process to its end, ms. */
  readonly wallMs: number;
  /** User and system time of the whole process tree, ms. */
  readonly cpuMs: number;
  readonly peak: PeakMemory;
  /** The whole of `wallMs` accounted for: spans in order, the first beginning at 0, without gaps. */
  readonly spans: readonly TimeSpan[];
  /** The memory limit that it ran under, bytes, and how it was set. */
  readonly limit?: {
    readonly bytes: number;
    readonly tier: 'cgroup-v2' | 'cgroup-v1' | 'address-space' | 'container';
  };
  /** What it printed last, at most 16 KiB each; for people, never read by us. */
  readonly output: { readonly stdout: string; readonly stderr: string };
  /** Processes of the tree that were still there when the main one had ended (and were ended by us), as commands. */
  readonly leftBehind: readonly string[];
  /** ms from the signal to the end of the process, where the run was interrupted on purpose. */
  readonly stopMs?: number;
}

export interface TimeSpan {
  /** A phase of the recording, or `teardown` for what the kernel and the other processes took after Python's last word. */
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
}
