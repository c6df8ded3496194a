import { openWorkspace } from '@seaworthy/scenario';
import { afterEach, expect, it, vi } from 'vitest';
import { memoryGrowthScenario } from '../../../src/scenarios/memory-growth/memory-growth-scenario.ts';
import { environmentWithPytest } from '../environment-with-pytest.ts';
import { runOne, runWithFault } from '../with-fault.ts';

/** Up to 200 files. */
const scenario = memoryGrowthScenario({ scale: 0.2 });
afterEach(() => vi.unstubAllEnvs());

it('is green, and tells how memory grows, and what stays between batches', async () => {
  await using workspace = await openWorkspace();
  const environment = environmentWithPytest(9, workspace.folder);
  const { verdict, findings, metrics } = await runOne(scenario, { environment, workspace });
  expect([verdict, findings]).toEqual(['passed', []]);
  const metric = (name: string) => metrics.find((one) => one.name === name);
  expect(metric('peak-memory')?.series).toHaveLength(8);
  expect(metric('per-file')?.value).toBeGreaterThan(10_000);
  expect(metric('per-file')?.value).toBeLessThan(100_000);
  expect(metric('exponent.whole.high')?.value).toBeLessThan(1);
  expect(metric('kept')?.series).toHaveLength(8);
}, 300_000);

/** The cheapest one; `orchestrator:prove` insists on all of them. */
it('catches a conftest that keeps memory for each file by COL021 and nothing else', async () => {
  await using workspace = await openWorkspace();
  const environment = environmentWithPytest(9, workspace.folder);
  const options = { environment, workspace };
  const { applied, raised } = await runWithFault(scenario, 'keeps-memory-for-each-file', options);
  expect([applied, raised]).toEqual([true, ['COL021']]);
}, 300_000);
