import { resolve } from 'node:path';
import type { Environment, Limits } from '@seaworthy/scenario';
import { COMPLETE_FINDER } from '../finder/finder.ts';
import type { FinderChoice } from '../finder/finder.ts';
import type { WrittenModule } from '../modules/written-module.ts';
import type { projectLimits } from './project-limits.ts';
import type { ImportScenarioSettings } from './project-settings.ts';

/** What imports/project is going to analyse. */
export interface ProjectPlan {
  /** Absolute path of the project: paths are relative to it. */
  readonly base: string;
  /** Absolute paths. */
  readonly roots: readonly string[];
  readonly exclude: readonly string[];
  /** Absolute path of the baseline, where there is one. */
  readonly baseline: string | null;
  readonly verify: boolean;
  readonly finder: FinderChoice;
  /** Written into a copy of the project, which then is analysed in its stead. Empty: the project itself is. */
  readonly added: readonly WrittenModule[];
  /** Elementary cycles listed for each knot: one more than are allowed, so that too many are noticed. */
  readonly cycleLimit: number;
  /** Files that CPython's own parser reads too, besides those that were added and those of knots. */
  readonly comparedFiles: number;
  /** Longest cycle and most cycles that are allowed. */
  readonly allowed: { readonly cycles: number; readonly length: number };
}

/** The whole project, or the roots of the configuration, read where they are. */
export function planProject(
  settings: ImportScenarioSettings,
  environment: Environment,
  limits: Limits<typeof projectLimits>,
): ProjectPlan {
  const base = environment.project.root;
  return {
    base,
    roots: (settings.roots ?? ['.']).map((root) => resolve(base, root)),
    exclude: settings.exclude ?? [],
    baseline: settings.baseline === undefined ? null : resolve(base, settings.baseline),
    verify: settings.verify ?? false,
    finder: COMPLETE_FINDER,
    added: [],
    cycleLimit: Math.max(100, limits.maxCycles + 1),
    comparedFiles: 300,
    allowed: { cycles: limits.maxCycles, length: limits.maxLength },
  };
}
