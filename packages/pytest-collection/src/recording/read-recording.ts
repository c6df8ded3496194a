import { dirname } from 'node:path';
import type { Recording } from '../model/recording.ts';
import { RecordingBuilder, type ProcessTimes } from './build-recording.ts';
import { readPositionPage } from './position-page.ts';
import { RowTail } from './row-tail.ts';

/**
 * The recording in a file of rows: of a run that has ended, or is still going on. A file that is missing, empty or cut
 * short gives as much as there is.
 */
export async function readRecording(rowsFile: string, times: ProcessTimes): Promise<Recording> {
  const builder = new RecordingBuilder(times);
  await using tail = new RowTail(rowsFile);
  for await (const row of tail.read()) builder.add(row);
  return completeRecording(builder, rowsFile, times);
}

/** The recording of rows that were read before, to their end, from the same file. */
export async function completeRecording(
  builder: RecordingBuilder,
  rowsFile: string,
  times: ProcessTimes,
): Promise<Recording> {
  const { importing, broken } = await readPositionPage(`${rowsFile}.importing`);
  const recording = builder.build(times.endedAt, importing);
  if (broken === undefined || recording.ending !== undefined) return recording;
  return { ...recording, incomplete: `${broken} (${dirname(rowsFile)})` };
}
