import type { SplitMemory } from '../../memory-split/split-memory.ts';
import type { ObservedSandbox } from '../sandbox/observed-sandbox.ts';

export interface FragmentationObservation {
  readonly sandbox: ObservedSandbox;
  /** `null`: the limit was not in force, and nothing was allocated. */
  readonly churned: Churned | null;
}

export interface Churned {
  /** That each round was to allocate, bytes. */
  readonly bytes: number;
  readonly memory: SplitMemory;
  /** It did not end in its time: how long it was waited for, ms. */
  readonly stoppedAfterMs: number | null;
  /** Allocated in one piece once everything was freed; `null`: the process was gone before. */
  readonly piece: {
    readonly bytes: number;
    readonly outcome: 'done' | 'refused' | 'died';
    readonly error: string | null;
  } | null;
  /** Everyday things afterwards; `null`: the process was gone before. */
  readonly answer: {
    readonly ms: number;
    readonly answered: boolean;
    readonly failed: readonly string[];
  } | null;
}
