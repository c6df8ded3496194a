import type { AnyScenario, Environment, Workspace } from '@seaworthy/scenario';
import { loadConfiguration } from '../configuration/load-configuration.ts';
import type { LoadedConfiguration } from '../configuration/load-configuration.ts';
import { readEffectiveLimits } from '../machine/read-limits.ts';
import type { LimitOption } from '../options/limit-option.ts';
import { projectFolder } from '../project-folder.ts';
import { findProjectPython } from '../python/project-python.ts';
import type { PythonSearch } from '../python/python-search.ts';
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
  readonly limits: readonly LimitOption[];
}

/** Everything that is known before a scenario runs. */
export interface Preparation {
  readonly configuration: LoadedConfiguration;
  readonly scenarios: readonly AnyScenario[];
  readonly selected: readonly AnyScenario[];
  readonly limits: LimitsInForce;
  /** Scenarios that must not be skipped: the configuration says so, or the user named them one by one. */
  isRequired(id: string): boolean;
  /** Looks for the interpreter, by running some: the part that takes time. */
  environment(workspace: Workspace): Promise<Environment & { readonly search: PythonSearch }>;
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
    async environment(workspace) {
      const search = await findProjectPython(
        { root, configuration, option: options.python, workspace },
        surroundings,
      );
      const { cores, memoryBytes } = readEffectiveLimits();
      return {
        project: { root },
        cores,
        memoryBytes,
        ...(search.chosen === undefined ? {} : { python: search.chosen }),
        search,
      };
    },
  };
}
