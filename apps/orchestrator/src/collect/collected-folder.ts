import { stat } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { UsageError } from '@seaworthy/scenario';

/**
 * The absolute path of the folder in which pytest is started.
 *
 * @throws UsageError `NO_FOLDER`, `NOT_A_FOLDER`
 */
export async function collectedFolder(cwd: string, given: string | undefined): Promise<string> {
  const folder = resolve(cwd, given ?? '.');
  const found = await stat(folder).catch((cause: unknown) => {
    throw new UsageError(
      'NO_FOLDER',
      `There is no folder ${JSON.stringify(folder)} to start pytest in. What pytest is to collect stands after --, as in: seaworthy collect . -- tests`,
      { cause },
    );
  });
  if (found.isDirectory()) return folder;
  const above = relative(cwd, dirname(folder)) || '.';
  throw new UsageError(
    'NOT_A_FOLDER',
    `${JSON.stringify(folder)} is a file. Name the folder to start pytest in, and give the file to pytest: seaworthy collect ${above} -- ${relative(dirname(folder), folder)}`,
  );
}
