import { tmpdir } from 'node:os';
import { UsageError, engineErrorIn, openWorkspace, sweepWorkspaces } from '@seaworthy/scenario';
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
  return thatOutlivesEngines(await openWorkspace({ temporaryFolder: folder }), surroundings);
}

/** An engine that is lost keeps its containers for now, and nobody from reading what a run has found. */
function thatOutlivesEngines(workspace: Workspace, { stderr }: Pick<Surroundings, 'stderr'>): Workspace {
  return {
    runId: workspace.runId,
    folder: workspace.folder,
    makeFolder: (name) => workspace.makeFolder(name),
    spawn: (command, args, options) => workspace.spawn(command, args, options),
    own: (undoable) => workspace.own(undoable),
    async [Symbol.asyncDispose]() {
      try {
        await workspace[Symbol.asyncDispose]();
      } catch (error) {
        const lost = engineErrorIn(error);
        if (lost === undefined) throw error;
        stderr.write(
          `seaworthy: containers of this run may be left: ${lost.message}. ` +
            'They are removed when the engine answers within the next minutes, or at the next start.\n',
        );
      }
    },
  };
}
