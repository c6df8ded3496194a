import { openWorkspace, runScenarios } from '@seaworthy/scenario';
import type { ScenarioResult } from '@seaworthy/scenario';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { collectionScenarios } from '../../src/scenarios/index.ts';
import { environmentWithPytest } from './environment-with-pytest.ts';
import { SMALL_PROJECT, temporaryProject } from './temporary-project.ts';
import { UNHURRIED, untimed } from './untimed.ts';

const scenarios = untimed(collectionScenarios({ scale: 0.02 }));
afterEach(() => vi.unstubAllEnvs());

async function measure(
  major: number,
  env: Readonly<Record<string, string>> = {},
): Promise<readonly ScenarioResult[]> {
  await using project = await temporaryProject(SMALL_PROJECT);
  await using workspace = await openWorkspace();
  const environment = environmentWithPytest(major, project.root);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  return await runScenarios(scenarios, { environment, workspace, overrides: UNHURRIED });
}
const metricOf = (results: readonly ScenarioResult[], id: string, name: string): number =>
  results.find((one) => one.id === id)?.metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
const shown = ({ id, verdict, findings, reasons, error }: ScenarioResult) => ({
  id,
  verdict,
  errors: findings.filter((one) => one.severity === 'error'),
  reasons,
  error,
});
const passed = (id: string) => ({ id, verdict: 'passed', errors: [], reasons: [], error: undefined });
const ids = scenarios.map(({ id }) => id);

describe('on a real interpreter', () => {
  it.each([8, 9])(
    'all pass with pytest %i, and count what they wrote',
    { timeout: 300_000 },
    async (major) => {
      const results = await measure(major);
      expect(results.map(shown)).toEqual(ids.map(passed));
      expect(metricOf(results, 'collection/simple-1000', 'tests.found')).toBe(500);
      expect(metricOf(results, 'collection/simple-1000', 'files.found')).toBe(50);
      expect(metricOf(results, 'collection/nested-complex', 'files.found')).toBe(40);
      expect(metricOf(results, 'collection/parallel', 'together.succeeded')).toBe(4);
      expect(metricOf(results, 'collection/project', 'tests.found')).toBe(2);
      expect(metricOf(results, 'collection/project', 'warm.duration')).toBeGreaterThan(0);
      for (const id of ids.slice(0, 2)) {
        expect(metricOf(results, id, 'peak-memory')).toBeGreaterThan(10_000_000);
        expect(metricOf(results, id, 'phase.collect.duration')).toBeGreaterThan(0);
        expect(results.find((one) => one.id === id)?.observation).toMatchObject({ bytecode: 'cold' });
      }
    },
  );

  it('care for no arguments that are meant for the project', { timeout: 300_000 }, async () => {
    const results = await measure(8, {
      PYTEST_ADDOPTS: '-k test_all',
      PYTEST_PLUGINS: 'not_installed_anywhere',
    });
    expect(results.slice(0, 3).map(shown)).toEqual(ids.slice(0, 3).map(passed));
    // The project's own run is told what the user tells pytest, and fails as it does.
    expect(results.at(-1)?.findings[0]).toMatchObject({ code: 'COL056', severity: 'error' });
  });
});
