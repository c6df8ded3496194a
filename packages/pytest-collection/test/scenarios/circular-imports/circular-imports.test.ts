import { openWorkspace, runScenarios } from '@seaworthy/scenario';
import { afterEach, expect, it, vi } from 'vitest';
import { circularImportsScenario } from '../../../src/scenarios/circular-imports/circular-imports-scenario.ts';
import { environmentWithPytest } from '../environment-with-pytest.ts';
import { runWithFault } from '../with-fault.ts';

afterEach(() => vi.unstubAllEnvs());

/** Enough time for every machine. */
const overrides = new Map([
  ['collection/circular-imports', { values: { maxDuration: 600_000 }, source: 'the test' }],
]);

it.each([
  [7, 0.3, 1],
  [9, 2, 3],
] as const)(
  'pytest %i fails where CPython fails (scale %d, seed %i)',
  { timeout: 300_000 },
  async (major, scale, seed) => {
    const environment = environmentWithPytest(major, '/');
    await using workspace = await openWorkspace();
    const [result] = await runScenarios([circularImportsScenario({ scale })], {
      environment,
      workspace,
      overrides,
      seed,
    });
    expect(result).toMatchObject({ verdict: 'passed', findings: [] });
    const value = (name: string) => result?.metrics.find((metric) => metric.name === name)?.value;
    expect(value('modules')).toBe(Math.round(20 * scale));
    expect(value('failed.pytest')).toBe(value('failed.cpython'));
    // Those that only work because of the order.
    expect(value('failed.cpython-first')).toBeGreaterThanOrEqual(value('failed.cpython') ?? Number.NaN);
  },
);

/** Cheap ones; `orchestrator:prove` insists on all of them. */
it.each([
  ['loses-files', 'COL031'],
  ['swallows-import-errors', 'COL032'],
])('%s is caught by %s and nothing else', { timeout: 300_000 }, async (fault, code) => {
  const environment = environmentWithPytest(8, '/');
  await using workspace = await openWorkspace();
  const options = { environment, workspace, overrides };
  const { applied, raised } = await runWithFault(circularImportsScenario(), fault, options);
  expect([applied, raised]).toEqual([true, [code]]);
});
