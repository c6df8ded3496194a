import { openWorkspace } from '@seaworthy/scenario';
import type { RunOptions, ScenarioResult } from '@seaworthy/scenario';
import { afterEach, expect, it, vi } from 'vitest';
import { interruptionScenario } from '../../../src/scenarios/interruption/interruption-scenario.ts';
import type { InterruptionObservation } from '../../../src/scenarios/interruption/interruption-observation.ts';
import type { PytestMajor } from '../../interpreters/pytests.ts';
import { environmentWithPytest } from '../environment-with-pytest.ts';
import { runOne, runWithFault } from '../with-fault.ts';

afterEach(() => vi.unstubAllEnvs());

/** Enough time for every machine. */
const overrides = new Map([['collection/interruption', { values: { maxStop: 60_000 }, source: 'the test' }]]);

/** Six folders with ten files each, and as many aims as it takes to hit the collection on a busy machine. */
const whole = interruptionScenario({ scale: 0.6 });
const scenario: typeof whole = {
  ...whole,
  plan: (environment, limits) => ({ ...whole.plan(environment, limits), aims: 20 }),
};
const FILES = 60;
const TESTS = 15 * FILES;

async function withPytest<Result>(
  major: PytestMajor,
  run: (options: RunOptions) => Promise<Result>,
): Promise<Result> {
  await using workspace = await openWorkspace();
  return await run({ environment: environmentWithPytest(major, '/'), workspace, overrides });
}

const expectSound = (result: ScenarioResult, major: PytestMajor): void => {
  const errors = result.findings.filter(({ severity }) => severity === 'error');
  expect([result.verdict, errors, result.reasons]).toEqual(['passed', [], []]);
  const { interrupted, again, undisturbed, exits } = result.observation as InterruptionObservation;
  expect(interrupted).toMatchObject({ met: 'collection', outcome: { kind: 'interrupted', by: 'SIGINT' } });
  // pytest 7 takes it for an error of one file, where it comes while a file is imported.
  if (major >= 8 || interrupted?.tests === null) expect(interrupted?.files).toBeLessThan(FILES);
  expect(again).toMatchObject({ tests: TESTS, hash: undisturbed.hash });
  expect(again?.bytecode.hits).toBeGreaterThan(0);
  expect(exits.map(({ means, told }) => [means, told])).toEqual([
    ['interrupt', 'interrupt'],
    ['collection-error', 'collection-error'],
    ['circular-import', 'circular-import'],
  ]);
};

it.each([7, 9] as const)('pytest %i stops, and finds the same again', { timeout: 300_000 }, async (major) => {
  expectSound(await withPytest(major, (options) => runOne(scenario, options)), major);
});

it.each([
  ['corrupts-a-cache', 'COL042'],
  ['leaves-a-process-behind', 'COL043'],
])('%s is caught by %s and nothing else', { timeout: 300_000 }, async (fault, code) => {
  const { applied, raised } = await withPytest(8, (options) => runWithFault(scenario, fault, options));
  expect([applied, raised]).toEqual([true, [code]]);
});
