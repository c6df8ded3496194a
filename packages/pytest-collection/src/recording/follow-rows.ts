import { setTimeout as sleep } from 'node:timers/promises';
import type { CollectionProgress } from '../model/collect-options.ts';
import { RecordingBuilder } from './build-recording.ts';
import { RowTail } from './row-tail.ts';

const EVERY_MS = 100;

export interface FollowOptions {
  /** See `RunningCollection.startedAt`. */
  readonly startedAt: bigint;
  /** Called when rows have arrived, at most about ten times a second. */
  readonly onProgress: (progress: CollectionProgress) => void;
  /** Ends the following: to be aborted when the process has ended. */
  readonly signal: AbortSignal;
}

/** Tells of a run while it goes on. Resolves after `signal` was aborted, having told of the last rows too. */
export async function followRows(rowsFile: string, options: FollowOptions): Promise<void> {
  await gatherRows(rowsFile, options);
}

/** The same; resolves with all the rows that there were. */
export async function gatherRows(rowsFile: string, options: FollowOptions): Promise<RecordingBuilder> {
  const { startedAt, onProgress, signal } = options;
  const builder = new RecordingBuilder({ startedAt });
  await using tail = new RowTail(rowsFile);
  for (let isLast = false; ; isLast = signal.aborted) {
    let arrived = false;
    for await (const row of tail.read()) {
      builder.add(row);
      arrived = true;
    }
    if (arrived) {
      const elapsedMs = Number(process.hrtime.bigint() - startedAt) / 1e6;
      onProgress({ elapsedMs, at: builder.position(), ...builder.counts });
    }
    if (isLast) return builder;
    await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}
