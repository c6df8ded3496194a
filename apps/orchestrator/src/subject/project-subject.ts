import { resolve } from 'node:path';
import { findComposeFiles, resolveSubject } from '@seaworthy/container-engine';
import type { ResolvedSubject } from '@seaworthy/container-engine';
import type { Workspace } from '@seaworthy/scenario';
import type { LoadedConfiguration } from '../configuration/load-configuration.ts';
import type { Surroundings } from '../surroundings.ts';
import { findEngine } from './find-engine.ts';
import type { EngineSearch } from './find-engine.ts';
import { subjectSettings } from './subject-settings.ts';
import type { SubjectChoice } from './subject-settings.ts';

export interface ProjectSubjectOptions {
  /** Absolute path of the project. */
  readonly root: string;
  readonly configuration: LoadedConfiguration;
  /** `--subject` */
  readonly option: SubjectChoice | undefined;
  readonly workspace: Workspace;
}

/** What is validated, and all that was found out on the way. */
export interface ProjectSubject extends ResolvedSubject {
  readonly engineSearch: EngineSearch;
  /** Absolute, in the order in which they apply. */
  readonly composeFiles: readonly string[];
}

/**
 * Finds compose files, engine and subject of a project.
 *
 * @throws UsageError for mistakes in a compose file or the configuration.
 * @throws SubjectUnavailable where an image was asked for and is not to be had.
 */
export async function findProjectSubject(
  { root, configuration, option, workspace }: ProjectSubjectOptions,
  surroundings: Pick<Surroundings, 'env' | 'interruption'>,
): Promise<ProjectSubject> {
  const { env } = surroundings;
  const named = configuration.values.project?.composeFiles;
  const composeFiles =
    named === undefined
      ? await findComposeFiles(root, env)
      : named.map((path) => resolve(configuration.folder, path));
  const settings = subjectSettings(configuration, option);
  const engineSearch = await findEngine(surroundings);
  const { engine, problem } = engineSearch;
  const resolved = await resolveSubject({
    engine,
    engineProblem: problem,
    root,
    composeFiles,
    settings,
    env,
    workspace,
  });
  return { ...resolved, engineSearch, composeFiles };
}
