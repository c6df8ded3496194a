import { tmpdir } from 'node:os';
import { UsageError, openWorkspace, sweepWorkspaces } from '@seaworthy/scenario';
import type { Workspace } from '@seaworthy/scenario';
import { checkDisk } from '../doctor/check-disk.ts';
import type { Surroundings } from '../surroundings.ts';

/** Where everything temporary is made. */
export function temporaryFolder({ env }: Pick<Surroundings, 'env'>): string {
  const folder = env['TMPDIR'] ?? '';
  return folder === '' ? tmpdir() : folder;
}

/**
 * Opens the workspace in which a command starts programs and makes files: all of it is gone afterwards, also after
 * `kill -9`. Before that, removes what killed runs left.
 *
 * @throws UsageError `NO_TEMPORARY_SPACE`
 */
export async function openToolWorkspace(
  surroundings: Pick<Surroundings, 'env' | 'stderr'>,
): Promise<Workspace> {
  const folder = temporaryFolder(surroundings);
  const disk = await checkDisk(folder);
  if (disk.state !== 'ok')
    throw new UsageError(
      'NO_TEMPORARY_SPACE',
      `There is no place for temporary files: ${disk.found}. ${disk.how ?? ''}`,
    );
  const { removed } = await sweepWorkspaces({ temporaryFolder: folder });
  for (const left of removed) surroundings.stderr.write(`Removed what a killed run had left: ${left}\n`);
  return openWorkspace({ temporaryFolder: folder });
}
