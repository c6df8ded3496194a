import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '@seaworthy/scenario';

/**
 * The absolute path of the project's folder.
 *
 * @throws UsageError `NO_PROJECT`, `NOT_A_FOLDER`
 */
export async function projectFolder(cwd: string, given: string | undefined): Promise<string> {
  const folder = resolve(cwd, given ?? '.');
  const found = await stat(folder).catch((cause: unknown) => {
    throw new UsageError(
      'NO_PROJECT',
      `There is no folder ${JSON.stringify(folder)}. Name the project's folder with --project.`,
      { cause },
    );
  });
  if (!found.isDirectory()) {
    throw new UsageError(
      'NOT_A_FOLDER',
      `${JSON.stringify(folder)} is a file. Name the project's folder with --project.`,
    );
  }
  return folder;
}
