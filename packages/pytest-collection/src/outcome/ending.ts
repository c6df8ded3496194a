import type { CollectionRunner, TreeUsage } from '../model/collection-runner.ts';
import type { Recording } from '../model/recording.ts';
import type { ThreadStack } from '../model/thread-stack.ts';

/** Everything that is known of how a run came to its end. */
export interface Ending {
  readonly exit: { readonly code: number | null; readonly signal: NodeJS.Signals | null };
  readonly recording: Recording;
  readonly usage: TreeUsage;
  /** The memory limit that it ran under. */
  readonly limit?: CollectionRunner['limit'];
  /** It was ended after so many ms, since it took too long or did not heed an interruption. */
  readonly timedOut?: { readonly afterMs: number };
  /** Signal that it was sent on purpose, while it ran. */
  readonly interruptedBy?: NodeJS.Signals;
  readonly stacks: readonly ThreadStack[];
  /** See the outcome `timed-out`. */
  readonly waitsFor?: string;
  /** Shell command that pytest's output went through; the exit code is then the pipe's. */
  readonly pipe?: string;
  /** What our memory guard said when it ended the run, a line each; the first is the reason. */
  readonly guardReason?: string;
}
