import { openWorkspace } from '@seaworthy/scenario';
import type { AnyScenario, RunOptions, ScenarioResult } from '@seaworthy/scenario';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { collectionScenarios } from '../../src/scenarios/index.ts';
import { environmentWithPytest } from './environment-with-pytest.ts';
import { SMALL_PROJECT, temporaryProject } from './temporary-project.ts';
import { UNHURRIED } from './unhurried.ts';
import { runOne, runWithFault } from './with-fault.ts';

const scenarios = collectionScenarios({ scale: 0.02 }).filter(({ id }) => UNHURRIED.has(id));
const IDS = scenarios.map(({ id }) => id);
afterEach(() => vi.unstubAllEnvs());

async function withPytest<Result>(
  major: 8 | 9,
  env: Readonly<Record<string, string>>,
  run: (options: RunOptions) => Promise<Result>,
): Promise<Result> {
  await using project = await temporaryProject(SMALL_PROJECT);
  await using workspace = await openWorkspace();
  const environment = environmentWithPytest(major, project.root);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  return await run({ environment, workspace, overrides: UNHURRIED });
}

const scenarioOf = (id: string): AnyScenario => {
  const found = scenarios.find((scenario) => scenario.id === id);
  if (found === undefined) throw new Error(`There is no scenario ${id}`);
  return found;
};
const figuresOf = ({ metrics }: ScenarioResult, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, metrics.find((metric) => metric.name === name)?.value]));
const shown = ({ verdict, findings, reasons, error }: ScenarioResult) => ({
  verdict,
  errors: findings.filter((one) => one.severity === 'error'),
  reasons,
  error,
});
const PASSED = { verdict: 'passed', errors: [], reasons: [], error: undefined };

/** What each counts of what it wrote. */
const COUNTED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'collection/simple-1000': { 'tests.found': 500, 'files.found': 50 },
  'collection/nested-complex': { 'files.found': 40 },
  'collection/parallel': { 'together.succeeded': 4 },
  'collection/project': { 'tests.found': 2 },
};
/** What is no figure of a collection where it is 0. */
const MEASURED: Readonly<Record<string, readonly string[]>> = {
  'collection/simple-1000': ['peak-memory', 'phase.collect.duration'],
  'collection/nested-complex': ['peak-memory', 'phase.collect.duration'],
  'collection/parallel': ['alone.duration', 'together.duration'],
  'collection/project': ['cold.duration', 'warm.duration'],
};

describe('without a fault', { timeout: 300_000 }, () => {
  it.each(IDS)('%s passes with pytest 9, and counts what it wrote', async (id) => {
    const result = await withPytest(9, {}, (options) => runOne(scenarioOf(id), options));
    expect(shown(result)).toEqual(PASSED);
    expect(figuresOf(result, Object.keys(COUNTED[id]!))).toEqual(COUNTED[id]);
    for (const figure of Object.values(figuresOf(result, MEASURED[id]!))) expect(figure).toBeGreaterThan(0);
  });

  // All trees are collected in the same way.
  it.each(['collection/simple-1000', 'collection/project'])(
    '%s heeds arguments that are meant for the project there alone',
    async (id) => {
      const env = { PYTEST_ADDOPTS: '-k test_all', PYTEST_PLUGINS: 'not_installed_anywhere' };
      const result = await withPytest(8, env, (options) => runOne(scenarioOf(id), options));
      if (id !== 'collection/project') expect(shown(result)).toEqual(PASSED);
      // The project's own run is told what the user tells pytest, and fails as it does.
      else expect(result.findings[0]).toMatchObject({ code: 'COL056', severity: 'error' });
    },
  );
});

/** Of each scenario a cheap one or two whose finding rests on no time; `orchestrator:prove` insists on all of them. */
const FAULTS = [
  ['collection/simple-1000', 'loses-files', 'COL004'],
  ['collection/simple-1000', 'crashes', 'COL007'],
  ['collection/nested-complex', 'cannot-import-files', 'COL005'],
  ['collection/nested-complex', 'keeps-memory-for-each-file', 'COL002'],
  ['collection/parallel', 'crashes-together', 'COL010'],
  ['collection/project', 'ends-the-process', 'COL056'],
  ['collection/project', 'selects-no-test', 'COL053'],
] as const;

it.each(FAULTS)(
  '%s with the fault %s raises %s and nothing else',
  { timeout: 300_000 },
  async (id, fault, code) => {
    const { applied, raised } = await withPytest(8, {}, (options) =>
      runWithFault(scenarioOf(id), fault, options),
    );
    expect([applied, raised]).toEqual([true, [code]]);
  },
);
