import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { demandWritable, UsageError } from '@seaworthy/scenario';

/**
 * Makes sure that a report can be written, before minutes go into it. A folder that is not there is a mistyped one more
 * often than one to be made.
 *
 * @throws UsageError `NO_FOLDER`, `CANNOT_WRITE`
 */
export async function demandOutput(file: string): Promise<void> {
  const folder = dirname(file);
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined)
    throw new UsageError('NO_FOLDER', `Cannot write ${file}: there is no folder ${folder}. Make it first`);
  await demandWritable(file);
}
