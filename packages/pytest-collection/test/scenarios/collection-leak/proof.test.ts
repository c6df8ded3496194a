import { openWorkspace } from '@seaworthy/scenario';
import { afterEach, expect, it, vi } from 'vitest';
import { collectionLeakScenario } from '../../../src/scenarios/collection-leak/collection-leak-scenario.ts';
import { environmentWithPytest } from '../environment-with-pytest.ts';
import { runOne, runWithFault } from '../with-fault.ts';

/** 300 tests: enough for what stays of their data to be more than is allowed. */
const scenario = collectionLeakScenario({ scale: 0.3 });
afterEach(() => vi.unstubAllEnvs());

it('is green, and keeps the curve of the tests with their data, and what each collection left', async () => {
  await using workspace = await openWorkspace();
  const environment = environmentWithPytest(9, workspace.folder);
  const { verdict, findings, metrics } = await runOne(scenario, { environment, workspace });
  expect([verdict, findings]).toEqual(['passed', []]);
  const metric = (name: string) => metrics.find((one) => one.name === name);
  expect(metric('held')?.series?.length).toBeGreaterThan(10);
  expect(metric('held')?.value).toBeGreaterThan(20e6);
  expect(metric('leak')?.series).toHaveLength(8);
  expect(metric('exponent.tests')?.value).toBeCloseTo(1, 0);
  expect(metric('survivors')?.value).toBe(0);
}, 300_000);

/** A leak, which a second process explains, and tests that stay; `orchestrator:prove` insists on every fault. */
it.each([
  ['plugin-keeps-something-for-each-file', 'MEM013'],
  ['keeps-the-tests', 'MEM012'],
])(
  'catches %s by %s and nothing else',
  async (fault, code) => {
    await using workspace = await openWorkspace();
    const environment = environmentWithPytest(9, workspace.folder);
    const { applied, raised } = await runWithFault(scenario, fault, { environment, workspace });
    expect([applied, raised]).toEqual([true, [code]]);
  },
  300_000,
);
