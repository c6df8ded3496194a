import { openWorkspace, proveScenarios } from '@seaworthy/scenario';
import type { ScenarioProof } from '@seaworthy/scenario';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { memoryGrowthScenario } from '../../../src/scenarios/memory-growth/memory-growth-scenario.ts';
import { environmentWithPytest } from '../environment-with-pytest.ts';

/** Up to 200 files. */
const scenario = memoryGrowthScenario({ scale: 0.2 });
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

it('tells how memory grows, and what stays between batches', () => {
  const metric = (name: string) => proof?.before.metrics.find((one) => one.name === name);
  expect(metric('peak-memory')?.series).toHaveLength(8);
  expect(metric('per-file')?.value).toBeGreaterThan(10_000);
  expect(metric('per-file')?.value).toBeLessThan(100_000);
  expect(metric('exponent.whole.high')?.value).toBeLessThan(1);
  expect(metric('kept')?.series).toHaveLength(8);
});
