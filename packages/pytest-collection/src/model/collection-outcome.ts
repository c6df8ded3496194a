import type { CollectionError, Position } from './recording.ts';
import type { ThreadStack } from './thread-stack.ts';

/** How a collection ended. What kind of end it was is never concluded from the exit code alone. */
export type CollectionOutcome =
  | { readonly kind: 'finished' }
  /** Collected, but some files could not be. */
  | { readonly kind: 'errors'; readonly errors: readonly CollectionError[] }
  | { readonly kind: 'nothing-collected'; readonly deselected: number }
  /** By a signal that the process handled, or by pytest.exit and the like. */
  | { readonly kind: 'interrupted'; readonly by: string; readonly at: Position }
  | {
      readonly kind: 'timed-out';
      readonly afterMs: number;
      readonly at: Position;
      /** Of every thread, the main one first; empty where none could be had. */
      readonly stacks: readonly ThreadStack[];
      /** What it waits for, as far as the kernel tells: "connect to 127.0.0.1:5432", "a child: sleep 60 (pid 12)", "a lock". */
      readonly waitsFor?: string;
    }
  | {
      readonly kind: 'killed-for-memory';
      readonly by: KilledBy;
      readonly at: Position;
      /** Bytes; of the limit that was hit, where it is known. */
      readonly limitBytes?: number;
      /** Command and pid of the victim; the pytest process itself is not always the one. */
      readonly victim?: string;
      /** `child`: pytest survived, and `at` is where it was meanwhile. Default: pytest's own process, or all of the run. */
      readonly hit?: 'child';
      /** Where the allocation that failed was made; absolute path. */
      readonly raisedAt?: { readonly path: string; readonly line?: number };
      /** Of a run that no kernel ended: what was said by whoever did, a sentence each. */
      readonly said?: readonly string[];
      /** What our memory guard advises. */
      readonly advice?: string;
    }
  /** By a signal that nothing else explains: a segmentation fault, an abort, a SIGKILL that was not for memory. */
  | {
      readonly kind: 'crashed';
      readonly signal: string;
      readonly at: Position;
      readonly stacks: readonly ThreadStack[];
    }
  /** The process ended without pytest's coming to an end: `os._exit`, say. */
  | {
      readonly kind: 'vanished';
      /** With a pipe: that of its last command, not Python's. */
      readonly exitCode: number;
      readonly at: Position;
      /** Shell command that pytest's output went through. */
      readonly pipe?: string;
    }
  /** How pytest ended is not known: its recording could not be written to its end, for want of space say. */
  | {
      readonly kind: 'not-recorded';
      readonly exitCode: number;
      readonly at: Position;
      /** "no space left on device (/tmp/...)". */
      readonly why: string;
    }
  | { readonly kind: 'usage-error'; readonly message: string }
  /** An exception in a plugin or conftest, or pytest's own INTERNALERROR. */
  | {
      readonly kind: 'plugin-failure';
      readonly message: string;
      readonly traceback?: string;
      readonly path?: string;
    }
  | { readonly kind: 'no-pytest'; readonly message: string };

/** Whose limit it was: the run's own, one around it, or all of the machine's memory. `guard`: our memory guard, before any kernel. */
export type KilledBy = 'own-limit' | 'ancestor-limit' | 'host' | 'address-space-limit' | 'guard';
