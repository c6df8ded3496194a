import { openWorkspace, proveScenarios } from '@seaworthy/scenario';
import type { ScenarioProof } from '@seaworthy/scenario';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { collectionLeakScenario } from '../../../src/scenarios/collection-leak/collection-leak-scenario.ts';
import { environmentWithPytest } from '../environment-with-pytest.ts';

/** 300 tests: enough for what stays of their data to be more than is allowed. */
const scenario = collectionLeakScenario({ scale: 0.3 });
let proof: ScenarioProof | undefined;

beforeAll(async () => {
  await using workspace = await openWorkspace();
  const environment = environmentWithPytest(9, workspace.folder);
  [proof] = await proveScenarios([scenario], { environment, workspace });
}, 900_000);
afterAll(() => vi.unstubAllEnvs());

it('is green before and after', () => {
  expect(proof?.before).toMatchObject({ verdict: 'passed', findings: [] });
  expect(proof?.after?.verdict).toBe('passed');
});

it.each(scenario.faults.map(({ id, raises }) => [id, raises] as const))(
  'catches %s by %s and nothing else',
  (id, raises) => {
    const caught = proof?.faults.find((one) => one.fault === id);
    expect(caught).toMatchObject({ state: 'caught', raised: [raises] });
  },
);

it('keeps the curve of the tests with their data, and what each collection left', () => {
  const metric = (name: string) => proof?.before.metrics.find((one) => one.name === name);
  expect(metric('held')?.series?.length).toBeGreaterThan(10);
  expect(metric('held')?.value).toBeGreaterThan(30e6);
  expect(metric('leak')?.series).toHaveLength(8);
  expect(metric('exponent.tests')?.value).toBeCloseTo(1, 0);
  expect(metric('survivors')?.value).toBe(0);
});
