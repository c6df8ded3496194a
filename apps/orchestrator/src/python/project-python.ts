import type { Workspace } from '@seaworthy/scenario';
import type { LoadedConfiguration } from '../configuration/load-configuration.ts';
import type { Surroundings } from '../surroundings.ts';
import { findPython } from './find-python.ts';
import type { PythonSearch } from './python-search.ts';

export interface ProjectPythonOptions {
  /** Absolute path of the project. */
  readonly root: string;
  readonly configuration: LoadedConfiguration;
  /** What `--python` names. */
  readonly option: string | undefined;
  /** Look at every interpreter, not only at the one that decides. */
  readonly all?: boolean;
  /** Where the interpreters are run. */
  readonly workspace: Workspace;
}

/** {@link findPython} with what a project's configuration says. */
export async function findProjectPython(
  { root, configuration, option, all = false, workspace }: ProjectPythonOptions,
  { cwd, env, interruption }: Pick<Surroundings, 'cwd' | 'env' | 'interruption'>,
): Promise<PythonSearch> {
  const python = configuration.values.project?.python;
  const configured =
    python === undefined
      ? undefined
      : { python, folder: configuration.folder, place: configuration.place(['project', 'python']) };
  return findPython({
    workspace,
    project: root,
    cwd,
    env,
    signal: interruption(),
    option,
    all,
    ...(configured === undefined ? {} : { configured }),
  });
}
