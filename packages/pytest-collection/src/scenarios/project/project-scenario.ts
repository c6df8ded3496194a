import { defineScenario } from '@seaworthy/scenario';
import type { Environment, Metric, Missing, Scenario } from '@seaworthy/scenario';
import type { CollectionScenarioSettings } from '../collection-settings.ts';
import { missingPytest } from '../collect/requires-pytest.ts';
import { hiddenMsOf, judgeProject } from './judge-project.ts';
import { mayHaveTests } from './looks-for-tests.ts';
import { measureProject } from './measure-project.ts';
import { projectFaults } from './project-faults.ts';
import { projectFindings } from './project-findings.ts';
import { projectLimits } from './project-limits.ts';
import type { ObservedRun, ProjectObservation } from './project-observation.ts';
import { planProject } from './project-plan.ts';
import type { ProjectPlan } from './project-plan.ts';

/** collection/project: where the time and the memory of the project's own collection go, and whether it holds. */
export function projectScenario(
  settings: CollectionScenarioSettings = {},
): Scenario<typeof projectLimits, ProjectPlan, ProjectObservation> {
  return defineScenario({
    id: 'collection/project',
    title: "The project's own suite is collected whole and within limits",
    catches:
      'test files that cannot be collected, tests that disappear, and imports, conftests and plugins that cost too much',
    tags: ['collection', 'project', 'timing'],
    limits: projectLimits,
    footprint: { cores: 1, memoryBytes: 1_000_000_000, exclusive: true },
    budgetMs: 600_000,
    findings: projectFindings,
    requires: (environment) => missingProject(settings, environment),
    plan: (environment, limits) => planProject(settings, environment, limits),
    measure: measureProject,
    judge: judgeProject,
    metrics: projectMetrics,
    faults: projectFaults,
  });
}

function missingProject(
  { args = [] }: CollectionScenarioSettings,
  environment: Environment,
): Missing | undefined {
  const { root } = environment.project;
  if (args.length === 0 && !mayHaveTests(root)) {
    return {
      what: `tests for pytest in ${root}`,
      how: 'Run it in the folder of a project that has some (test_*.py, *_test.py), or name them (configuration key `collection.args`).',
    };
  }
  return missingPytest(environment);
}

function projectMetrics({ runs, tests, errorCount, causes, workers }: ProjectObservation): readonly Metric[] {
  const count = (name: string, value: number): Metric => ({ name, unit: 'count', value });
  return [
    ...Object.entries(runs).flatMap(([name, run]: [string, ObservedRun | undefined]) =>
      run === undefined ? [] : runMetrics(name, run),
    ),
    count('tests.found', tests.found),
    count('tests.deselected', tests.deselected),
    count('files', tests.files),
    count('errors', errorCount),
    count('causes', causes.length),
    ...(workers === undefined ? [] : [count('workers.largest', workers.largest)]),
  ];
}

function runMetrics(name: string, run: ObservedRun): readonly Metric[] {
  const hidden = hiddenMsOf(run);
  return [
    { name: `${name}.duration`, unit: 'ms', value: run.wallMs },
    { name: `${name}.cpu`, unit: 'ms', value: run.cpuMs },
    ...(hidden === undefined
      ? []
      : [
          { name: `${name}.hidden`, unit: 'ratio', value: run.wallMs > 0 ? hidden / run.wallMs : 0 } as const,
        ]),
    ...(run.peak.source === 'none'
      ? []
      : [{ name: `${name}.peak-memory`, unit: 'bytes', value: run.peak.bytes } as const]),
    ...run.phases.map(
      (phase) => ({ name: `${name}.phase.${phase.name}`, unit: 'ms', value: phase.wallMs }) as const,
    ),
    ...(run.memory.length === 0
      ? []
      : [
          {
            name: `${name}.memory`,
            unit: 'bytes',
            value: Math.max(...run.memory.map((point) => point.bytes)),
            series: run.memory.map(({ atMs, bytes }) => ({ x: atMs, y: bytes })),
          } as const,
        ]),
  ];
}
