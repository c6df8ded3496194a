import type { CollectionProgress, CollectOptions } from '../model/collect-options.ts';
import type { RecordingBuilder } from '../recording/build-recording.ts';
import { gatherRows } from '../recording/follow-rows.ts';
import { startTimer } from './long-timer.ts';

/** Callbacks that are told of a run while it goes on. */
export interface Telling {
  /** Fires when an interruption is due by its `when`. */
  readonly due: AbortSignal;
  /** Fires with what a callback threw: nothing is told any more then, and the run must not go on. */
  readonly failed: AbortSignal;
  /**
   * To be called when the run has ended: resolves once the last rows were told, with all of them where they were read.
   * Never rejects.
   */
  end(): Promise<RecordingBuilder | undefined>;
}

/** Starts nothing where nobody wants to be told. */
export function tellProgress(
  rowsFile: string,
  startedAt: bigint,
  { onProgress, interrupt }: Pick<CollectOptions, 'onProgress' | 'interrupt'>,
): Telling {
  const [following, due, failed] = [new AbortController(), new AbortController(), new AbortController()];
  let stopTimer: (() => void) | undefined;
  const tell = (progress: CollectionProgress): void => {
    onProgress?.(progress);
    if (stopTimer === undefined && interrupt?.when?.(progress) === true) {
      stopTimer = startTimer(interrupt.delayMs ?? 0, () => due.abort());
    }
  };
  const isWanted = onProgress !== undefined || interrupt?.when !== undefined;
  const followed = isWanted
    ? gatherRows(rowsFile, { startedAt, onProgress: tell, signal: following.signal })
    : Promise.resolve(undefined);
  // At once: until the run has ended nobody waits for it, and Node ends a process for such a rejection.
  const settled = followed.catch((error: unknown) => {
    failed.abort(error);
    return undefined;
  });
  return {
    due: due.signal,
    failed: failed.signal,
    end: async () => {
      following.abort();
      const rows = await settled;
      stopTimer?.();
      return rows;
    },
  };
}
