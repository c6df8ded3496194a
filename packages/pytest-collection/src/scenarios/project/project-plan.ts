import type { Environment, Limits } from '@seaworthy/scenario';
import type { CollectionScenarioSettings } from '../collection-settings.ts';
import { folderInImage } from '../place/subject-place.ts';
import type { projectLimits } from './project-limits.ts';

/** What collection/project is going to profile. */
export interface ProjectPlan {
  /** Absolute path of the project, where pytest is started: in the image where one is validated. */
  readonly root: string;
  /** For pytest, as the configuration gives them. */
  readonly args: readonly string[];
  /** Each run is ended after so many ms. */
  readonly timeoutMs: number;
  /** Files of ours by name, in a folder of their own, that are collected before the project's. Empty without a fault. */
  readonly added: Readonly<Record<string, string>>;
  /** Further arguments. Empty without a fault. */
  readonly extraArgs: readonly string[];
}

/** The project's own suite, as pytest collects it by itself or with the arguments of the configuration. */
export function planProject(
  { args = [] }: CollectionScenarioSettings,
  { project, ...environment }: Environment,
  limits: Limits<typeof projectLimits>,
): ProjectPlan {
  return {
    root: folderInImage(environment) ?? project.root,
    args,
    timeoutMs: 1.5 * limits.maxDuration,
    added: {},
    extraArgs: [],
  };
}
