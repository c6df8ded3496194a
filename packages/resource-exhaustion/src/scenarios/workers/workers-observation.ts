import type { MemoryExhaustion } from '../../model/exhaustion.ts';
import type { Recovery } from '../../model/recovery.ts';
import type { ObservedSandbox } from '../sandbox/observed-sandbox.ts';

export interface WorkersObservation {
  readonly sandbox: ObservedSandbox;
  /** `null`: the limit was not in force, and no worker was started. */
  readonly crowd: Crowd | null;
}

export interface Crowd {
  readonly perWorkerBytes: number;
  /** One for each number of workers, in the order in which they were tried. */
  readonly rounds: readonly {
    readonly workers: number;
    readonly run: MemoryExhaustion;
    /** After all gave theirs back and ended. */
    readonly recovery: Recovery;
  }[];
  /** Going for more than the limit, under a budget that is to be shared. */
  readonly over: MemoryExhaustion | null;
}
