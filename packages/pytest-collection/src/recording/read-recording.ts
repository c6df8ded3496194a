import { readFile } from 'node:fs/promises';
import type { Recording } from '../model/recording.ts';
import { RecordingBuilder, type ProcessTimes } from './build-recording.ts';
import { RowTail } from './row-tail.ts';

/**
 * The recording in a file of rows: of a run that has ended, or is still going on. A file that is missing, empty or cut
 * short gives as much as there is.
 */
export async function readRecording(rowsFile: string, times: ProcessTimes): Promise<Recording> {
  const builder = new RecordingBuilder(times);
  await using tail = new RowTail(rowsFile);
  for await (const row of tail.read()) builder.add(row);
  return builder.build(times.endedAt, await importing(rowsFile));
}

/** The innermost module that was being imported, which the recorder keeps in a page of its own. */
async function importing(rowsFile: string): Promise<string | undefined> {
  const page = await readFile(`${rowsFile}.importing`).catch(() => undefined);
  if (page === undefined) return undefined;
  const end = page.indexOf(0);
  return page.toString('utf8', 0, end < 0 ? page.length : end);
}
