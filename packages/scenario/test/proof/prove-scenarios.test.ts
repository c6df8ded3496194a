import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FaultProof, ScenarioProof } from '../../src/proof/fault-proof.ts';
import { proveScenarios, type ProveOptions } from '../../src/proof/prove-scenarios.ts';
import type { RunEvent } from '../../src/runner/run-options.ts';
import type { AnyScenario } from '../../src/scenario.ts';
import { UsageError } from '../../src/usage-error.ts';
import { openWorkspace } from '../../src/workspace/open-workspace.ts';
import type { Workspace } from '../../src/workspace/workspace.ts';
import { ManualClock } from '../runner/manual-clock.ts';
import { environment, thermometer } from '../sample-scenarios.ts';

let workspace: Workspace;
beforeAll(async () => void (workspace = await openWorkspace()));
afterAll(() => workspace[Symbol.asyncDispose]());

type Changes = NonNullable<Parameters<typeof thermometer>[0]>;
type Faults = NonNullable<Changes['faults']>;

const prove = (
  scenarios: AnyScenario[],
  options: Partial<ProveOptions> = {},
): Promise<readonly ScenarioProof[]> => proveScenarios(scenarios, { environment, workspace, ...options });

async function proveOne(
  faults: Faults,
  changes: Changes = {},
  options?: Partial<ProveOptions>,
): Promise<ScenarioProof> {
  const [proof] = await prove([thermometer({ ...changes, faults })], options);
  return proof as ScenarioProof;
}

const heat = (degrees: number): Faults[0] => ({ inject: (plan) => ({ ...plan, degrees }) });

test.for<[string, Faults[0], Partial<FaultProof>]>([
  ['caught', heat(31), { raised: ['HOT'], applied: '31 degrees' }],
  [
    'survived',
    heat(30),
    { raised: [], reason: 'The fault was in place, and nothing was raised as an error.' },
  ],
  ['survived', { inject: (plan) => ({ ...plan, insulated: false }), raises: 'DAMP' }, { raised: [] }],
  ['wrong-finding', heat(9), { raised: ['COLD'], reason: 'Expected HOT, got COLD.' }],
  ['not-applied', { inject: (plan) => plan }, { reason: 'Injecting the fault changed nothing in the plan.' }],
  [
    'not-applied',
    { inject: (plan) => ({ ...plan }) },
    { reason: 'Injecting the fault changed nothing in the plan.' },
  ],
  [
    'not-applied',
    { ...heat(31), applied: () => undefined },
    { raised: ['HOT'], reason: 'The observation shows no trace of the fault.' },
  ],
  [
    'void',
    { inject: () => ({}) as never },
    {
      reason:
        'The run with the fault broke: Expected sample/thermometer to observe plain JSON data, but observation.degrees is undefined',
    },
  ],
  [
    'void',
    {
      inject: () => {
        throw new Error('no hands');
      },
    },
    { reason: 'The run with the fault broke: no hands' },
  ],
  [
    'void',
    {
      ...heat(31),
      applied: () => {
        throw new Error('no eyes');
      },
    },
    { reason: 'Whether the fault was in place could not be told: no eyes' },
  ],
])('%s', async ([state, fault, expected]) => {
  const measure: Changes['measure'] = async ({ degrees, insulated }, { seed }) => ({
    degrees,
    insulated,
    seed,
  });
  const { before, after, faults } = await proveOne([fault], { measure });
  expect([before.verdict, after?.verdict]).toEqual(['passed', 'passed']);
  expect(faults).toHaveLength(1);
  const raises = fault.raises ?? 'HOT';
  expect(faults[0]).toMatchObject({
    scenario: 'sample/thermometer',
    fault: 'fault-1',
    breaks: 'the heating',
    raises,
    state,
    ...expected,
  });
});

test('a plan that is changed in place is a fault in place all the same', async () => {
  const inject: Faults[0]['inject'] = (plan) => Object.assign(plan, { degrees: 50 });
  const { faults, after } = await proveOne([{ inject }]);
  expect(faults[0]?.state).toBe('caught');
  expect(after?.verdict).toBe('passed');
});

test('inconclusive under the fault is not caught: nobody would have been warned', async () => {
  const overrides = new Map([['sample/thermometer', { values: { coldest: 0 }, source: '' }]]);
  const { faults } = await proveOne([heat(0)], {}, { overrides });
  expect(faults[0]).toMatchObject({
    state: 'survived',
    applied: '0 degrees',
    reason: 'It shows 0, which may mean nothing.',
  });
});

test('a fault that makes it exceed its budget without an observation proves nothing', async () => {
  const clock = new ManualClock();
  const measure: Changes['measure'] = async (plan, { seed }) => {
    if (plan.degrees === 31) {
      clock.advance(10_000);
      throw new Error('cut');
    }
    return { ...plan, seed };
  };
  const { faults } = await proveOne([heat(31)], { measure }, { clock });
  expect(faults[0]).toMatchObject({
    state: 'void',
    reason: 'It was cut off: its budget of 10 s was used up.',
    durationMs: 10_000,
  });
});

test('a run that could not tell is made once more, and only once', async () => {
  const seen: number[] = [];
  const measure: Changes['measure'] = async (plan, { seed }) => (seen.push(plan.degrees), { ...plan, seed });
  const busy = (times: number): NonNullable<Changes['judge']> => {
    let left = times;
    return ({ degrees }) => {
      if (left-- > 0) return { findings: [], inconclusive: ['The machine was too busy.'] };
      return { findings: degrees > 30 ? [{ code: 'HOT', severity: 'error', message: 'hot' }] : [] };
    };
  };
  const once = await proveOne([heat(31)], { measure, judge: busy(1) });
  expect(once.faults[0]?.state).toBe('caught');
  expect(seen.splice(0)).toEqual([20, 20, 31, 20]);

  const twice = await proveOne([heat(31)], { measure, judge: busy(2) });
  expect(twice.faults[0]?.state).toBe('void');
  expect(seen).toEqual([20, 20]);
});

test('nothing is proven when the control before is not green, and no fault is run', async () => {
  let runs = 0;
  const measure: Changes['measure'] = async (plan, { seed }) => ((runs += 1), { ...plan, degrees: 40, seed });
  const { before, after, faults } = await proveOne([heat(31), heat(32)], { measure });
  expect(runs).toBe(1);
  expect([before.verdict, after]).toEqual(['failed', undefined]);
  expect(faults.map((fault) => fault.state)).toEqual(['void', 'void']);
  expect(faults[0]?.reason).toBe(
    'The control run before the faults was not green (failed): HOT It is 40 degrees.',
  );
});

test('nor when the control after is not', async () => {
  let runs = 0;
  const measure: Changes['measure'] = async (plan, { seed }) => (
    (runs += 1),
    { ...plan, degrees: runs === 1 ? 20 : 40, seed }
  );
  const { after, faults } = await proveOne([heat(31)], { measure });
  expect(after?.verdict).toBe('failed');
  expect(faults[0]).toMatchObject({ state: 'void', raised: ['HOT'] });
  expect(faults[0]?.reason).toContain('The control run after the faults was not green');
});

test('a scenario that cannot run here says what is missing', async () => {
  const requires = (): { what: string; how: string } => ({ what: 'a thermometer', how: 'Buy one' });
  const { before, faults } = await proveOne([heat(31)], { requires });
  expect(before.verdict).toBe('skipped');
  expect(faults[0]).toMatchObject({
    state: 'environment-missing',
    reason: 'Missing is a thermometer. Buy one.',
  });
});

test('after an interruption nothing is proven that was not', async () => {
  const interruption = new AbortController();
  const measure: Changes['measure'] = async (plan, { seed }) => {
    if (plan.degrees === 31) interruption.abort();
    return { ...plan, seed };
  };
  const { before, after, faults } = await proveOne(
    [heat(31), heat(32)],
    { measure },
    { signal: interruption.signal },
  );
  expect([before.verdict, after?.verdict]).toEqual(['passed', 'skipped']);
  expect(faults.map((fault) => fault.state)).toEqual(['void', 'void']);

  const late = await proveOne([heat(31)], {}, { signal: AbortSignal.abort() });
  expect(late.faults[0]).toMatchObject({ state: 'void' });
});

test('each proof is announced once it is final; scenarios share the machine, and come in their order', async () => {
  const log: string[] = [];
  const scenarios = ['sample/alone', 'sample/a', 'sample/b'].map((id) =>
    thermometer({ id, footprint: { exclusive: id === 'sample/alone' }, faults: [heat(31), heat(30)] }),
  );
  const onEvent = (event: RunEvent): void => void (event.kind === 'started' && log.push(`start ${event.id}`));
  const onProof = (proof: FaultProof): void =>
    void log.push(`${proof.scenario} ${proof.fault} ${proof.state}`);
  const proofs = await prove(scenarios, { onProof, onEvent });
  expect(proofs.map((proof) => proof.id)).toEqual(['sample/alone', 'sample/a', 'sample/b']);
  expect(log.slice(0, 2)).toEqual(['start sample/a', 'start sample/b']);
  expect(log.slice(-3)).toEqual([
    'start sample/alone',
    'sample/alone fault-1 caught',
    'sample/alone fault-2 survived',
  ]);
  expect(log).toHaveLength(9);
});

test('a scenario without faults has one control run', async () => {
  const { before, after, faults } = await proveOne([]);
  expect([before.verdict, after, faults]).toEqual(['passed', undefined, []]);
});

test('a mistake of the user is thrown', async () => {
  const overrides = new Map([['sample/thermometer', { values: { warm: 1 }, source: '--limit' }]]);
  await expect(proveOne([heat(31)], {}, { overrides })).rejects.toThrow(UsageError);
});
