import { resolve } from 'node:path';
import { defineScenario } from '@seaworthy/scenario';
import type { Environment, Metric, Missing, Scenario } from '@seaworthy/scenario';
import { missingPython } from '../interpreter/requires-python.ts';
import { judgeProject } from './judge-project.ts';
import { mayHavePython } from './looks-for-python.ts';
import { measureProject } from './measure-project.ts';
import { projectFaults } from './project-faults.ts';
import { projectFindings } from './project-findings.ts';
import { projectLimits } from './project-limits.ts';
import type { ProjectObservation } from './project-observation.ts';
import { planProject } from './project-plan.ts';
import type { ProjectPlan } from './project-plan.ts';
import type { ImportScenarioSettings } from './project-settings.ts';

/**
 * imports/project: the import cycles of the user's own project.
 *
 * A cycle is a closed path of modules, none of them met twice, in the view `import-time`: `a -> b` where a statement that
 * importing `a` may execute names `b`. Imports in functions and those for type checkers are no part of one, nor are the
 * packages around `b` (see `GraphView`), nor what an ignore comment takes out. Modules that all reach each other form a
 * knot, which is what a finding is about; a module that imports itself is one, too. First imports are looked at by what
 * CPython really goes round: the view `runtime`, ignore comments or not.
 */
export function projectScenario(
  settings: ImportScenarioSettings,
): Scenario<typeof projectLimits, ProjectPlan, ProjectObservation> {
  return defineScenario({
    id: 'imports/project',
    title: "The project's import cycles stay within limits",
    catches:
      'import cycles of the project: new ones, long ones, and modules that crash when they are imported first',
    tags: ['imports', 'project', 'pre-commit'],
    limits: projectLimits,
    footprint: { cores: 1, memoryBytes: 400_000_000 },
    budgetMs: 120_000,
    findings: projectFindings,
    requires: (environment) => missingProject(settings, environment),
    plan: (environment, limits) => planProject(settings, environment, limits),
    measure: measureProject,
    judge: judgeProject,
    metrics: projectMetrics,
    faults: projectFaults(settings.baseline !== undefined),
  });
}

function missingProject(settings: ImportScenarioSettings, environment: Environment): Missing | undefined {
  const { root } = environment.project;
  const roots = (settings.roots ?? ['.']).map((path) => resolve(root, path));
  if (!mayHavePython(roots, root, settings.exclude ?? [])) {
    return {
      what: `Python files in ${roots.join(', ')}`,
      how: 'Run it in the folder of a Python project, or name its folders (configuration key `imports.roots`).',
    };
  }
  return settings.verify === true ? missingPython(environment) : undefined;
}

function projectMetrics(observation: ProjectObservation): readonly Metric[] {
  const { knots, crashes, comparison, searchMs } = observation;
  const sum = (of: (knot: ProjectObservation['knots'][number]) => number): number =>
    knots.reduce((total, knot) => total + of(knot), 0);
  const most = (of: (knot: ProjectObservation['knots'][number]) => number): number =>
    Math.max(0, ...knots.map(of));
  const count = (name: string, value: number): Metric => ({ name, unit: 'count', value });
  return [
    { name: 'search.duration', unit: 'ms', value: searchMs },
    count('modules', observation.modules),
    count('imports', observation.imports),
    count('knots', knots.length),
    count('knots.accepted', knots.filter((knot) => knot.accepted).length),
    count(
      'knots.largest',
      most((knot) => knot.modules.length),
    ),
    count(
      'cycles',
      sum((knot) => knot.cycleCount),
    ),
    count(
      'cycles.longest',
      most((knot) => knot.longest.length),
    ),
    count(
      'imports-to-move',
      sum((knot) => knot.importsToMove.length),
    ),
    count('first-import.crashes', crashes.length),
    count('first-import.looked-at', observation.firstImports),
    count('first-import.left', observation.firstImportsLeft),
    count('problems', observation.problems.length),
    ...(comparison === null
      ? []
      : [count('compared.imports', comparison.imports), count('compared.missed', comparison.missedCount)]),
  ];
}
