import { openWorkspace, proveScenarios, runScenarios } from '@seaworthy/scenario';
import { afterEach, expect, it, vi } from 'vitest';
import { interruptionScenario } from '../../../src/scenarios/interruption/interruption-scenario.ts';
import type { InterruptionObservation } from '../../../src/scenarios/interruption/interruption-observation.ts';
import { environmentWithPytest } from '../environment-with-pytest.ts';

afterEach(() => vi.unstubAllEnvs());

/** Enough time for every machine. */
const overrides = new Map([['collection/interruption', { values: { maxStop: 60_000 }, source: 'the test' }]]);

it.each([7, 8, 9])('pytest %i stops, and finds the same again', { timeout: 300_000 }, async (major) => {
  const environment = environmentWithPytest(major, '/');
  await using workspace = await openWorkspace();
  const [result] = await runScenarios([interruptionScenario()], { environment, workspace, overrides });
  const errors = result?.findings.filter(({ severity }) => severity === 'error');
  expect([result?.verdict, errors, result?.reasons]).toEqual(['passed', [], []]);
  const { interrupted, again, undisturbed, exits } = result?.observation as InterruptionObservation;
  expect(interrupted).toMatchObject({ met: 'collection', outcome: { kind: 'interrupted', by: 'SIGINT' } });
  // pytest 7 takes it for an error of one file, where it comes while a file is imported.
  if (major >= 8 || interrupted?.tests === null) expect(interrupted?.files).toBeLessThan(100);
  expect(again).toMatchObject({ tests: 1500, hash: undisturbed.hash });
  expect(again?.bytecode.hits).toBeGreaterThan(0);
  expect(exits.map(({ means, told }) => [means, told])).toEqual([
    ['interrupt', 'interrupt'],
    ['collection-error', 'collection-error'],
    ['circular-import', 'circular-import'],
  ]);
});

it('every fault is caught by its finding and nothing else', { timeout: 900_000 }, async () => {
  const environment = environmentWithPytest(8, '/');
  await using workspace = await openWorkspace();
  const whole = interruptionScenario();
  // The one whose finding rests on the time to stop: on that insists the `prove` target, which runs alone.
  const scenario = { ...whole, faults: whole.faults.filter(({ id }) => id !== 'lingers-in-a-thread') };
  const [proof] = await proveScenarios([scenario], { environment, workspace, overrides });
  expect(proof?.before.verdict).toBe('passed');
  expect(proof?.after?.verdict).toBe('passed');
  expect(proof?.faults.map(({ fault, state, raised }) => [fault, state, raised])).toEqual(
    scenario.faults.map(({ id, raises }) => [id, 'caught', [raises]]),
  );
});
