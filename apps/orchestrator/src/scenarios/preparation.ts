import type { AnyScenario, Environment, Workspace } from '@seaworthy/scenario';
import { loadConfiguration } from '../configuration/load-configuration.ts';
import type { LoadedConfiguration } from '../configuration/load-configuration.ts';
import { readEffectiveLimits } from '../machine/read-limits.ts';
import type { LimitOption } from '../options/limit-option.ts';
import { projectFolder } from '../project-folder.ts';
import { findProjectPython } from '../python/project-python.ts';
import type { PythonSearch } from '../python/python-search.ts';
import { findProjectSubject } from '../subject/project-subject.ts';
import type { ProjectSubject } from '../subject/project-subject.ts';
import type { SubjectChoice } from '../subject/subject-settings.ts';
import type { Surroundings } from '../surroundings.ts';
import { limitsInForce } from './limits-in-force.ts';
import type { LimitsInForce } from './limits-in-force.ts';
import { loadScenarios } from './load-scenarios.ts';
import { selectScenarios } from './select-scenarios.ts';
import type { SelectionOptions } from './select-scenarios.ts';

export interface PreparationOptions extends SelectionOptions {
  readonly project: string | undefined;
  readonly config: string | undefined;
  readonly python: string | undefined;
  /** `--subject` */
  readonly subject: SubjectChoice | undefined;
  readonly limits: readonly LimitOption[];
}

/** What scenarios may use here, and how it was found. */
export interface ProjectSurroundings {
  readonly environment: Environment;
  readonly python: PythonSearch;
  readonly subject: ProjectSubject;
}

/** Everything that is known before a scenario runs. */
export interface Preparation {
  readonly configuration: LoadedConfiguration;
  readonly scenarios: readonly AnyScenario[];
  readonly selected: readonly AnyScenario[];
  readonly limits: LimitsInForce;
  /** Scenarios that must not be skipped: the configuration says so, or the user named them one by one. */
  isRequired(id: string): boolean;
  /** Looks for the interpreter, the engine and the subject, by running some: the part that takes time. */
  surroundings(workspace: Workspace): Promise<ProjectSurroundings>;
}

/**
 * Finds the project, its configuration and the scenarios that are asked for, and checks all of it.
 *
 * @throws UsageError
 */
export async function prepare(options: PreparationOptions, surroundings: Surroundings): Promise<Preparation> {
  const { cwd } = surroundings;
  const root = await projectFolder(cwd, options.project);
  const configuration = await loadConfiguration(root, cwd, options.config);
  const scenarios = loadScenarios(configuration);
  const limits = limitsInForce(scenarios, configuration, options.limits);
  const settings = configuration.values.scenarios ?? {};
  const selected = selectScenarios(scenarios, options, (id) => settings[id]?.enabled === false);
  return {
    configuration,
    scenarios,
    selected,
    limits,
    isRequired: (id) => settings[id]?.required === true || options.patterns.includes(id),
    async surroundings(workspace) {
      const [python, subject] = await bothOf(
        findProjectPython({ root, configuration, option: options.python, workspace }, surroundings),
        findProjectSubject({ root, configuration, option: options.subject, workspace }, surroundings),
      );
      const { cores, memoryBytes } = readEffectiveLimits();
      const { engine } = subject.engineSearch;
      const environment = {
        project: { root },
        cores,
        memoryBytes,
        ...(python.chosen === undefined ? {} : { python: python.chosen }),
        subject: subject.subject,
        ...(engine === undefined ? {} : { engine: engine.endpoint }),
        composeFiles: subject.composeFiles,
      };
      return { environment, python, subject };
    },
  };
}

/** Waits for both also where the first fails: what the second has started must not go on alone. */
async function bothOf<First, Second>(
  first: Promise<First>,
  second: Promise<Second>,
): Promise<readonly [First, Second]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}
