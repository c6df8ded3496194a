import { openWorkspace, proveScenarios, runScenarios } from '@seaworthy/scenario';
import { afterEach, expect, it, vi } from 'vitest';
import { circularImportsScenario } from '../../../src/scenarios/circular-imports/circular-imports-scenario.ts';
import { environmentWithPytest } from '../environment-with-pytest.ts';

afterEach(() => vi.unstubAllEnvs());

/** Enough time for every machine. */
const overrides = new Map([
  ['collection/circular-imports', { values: { maxDuration: 600_000 }, source: 'the test' }],
]);

it.each([
  [7, 0.3, 1],
  [8, 1, 2],
  [9, 4, 3],
])(
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

it('every fault is caught by its finding and nothing else', { timeout: 600_000 }, async () => {
  const environment = environmentWithPytest(8, '/');
  await using workspace = await openWorkspace();
  const scenario = circularImportsScenario();
  const [proof] = await proveScenarios([scenario], { environment, workspace, overrides });
  expect(proof?.before.verdict).toBe('passed');
  expect(proof?.after?.verdict).toBe('passed');
  expect(proof?.faults.map(({ fault, state, raised }) => [fault, state, raised])).toEqual(
    scenario.faults.map(({ id, raises }) => [id, 'caught', [raises]]),
  );
});
