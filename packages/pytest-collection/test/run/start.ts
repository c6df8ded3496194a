import type { Workspace } from '@seaworthy/scenario';
import type { CollectionRunner, RunningCollection } from '../../src/model/collection-runner.ts';
import { PYTHON } from '../interpreters/python.ts';

/** Starts a Python program under a runner. */
export function startPython(
  runner: CollectionRunner,
  workspace: Workspace,
  program: string,
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<RunningCollection> {
  return runner.start({ command: [PYTHON, '-c', program], cwd: workspace.folder, env, workspace });
}
