import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readProcesses } from '../../src/process/process-table.ts';
import type { ScenarioResult } from '../../src/result.ts';
import type { RunEvent, RunOptions } from '../../src/runner/run-options.ts';
import { runScenarios } from '../../src/runner/run-scenarios.ts';
import type { AnyScenario } from '../../src/scenario.ts';
import { UsageError } from '../../src/usage-error.ts';
import { openWorkspace } from '../../src/workspace/open-workspace.ts';
import type { Workspace } from '../../src/workspace/workspace.ts';
import { environment, thermometer } from '../sample-scenarios.ts';
import { ManualClock } from './manual-clock.ts';

let workspace: Workspace;
beforeAll(async () => void (workspace = await openWorkspace({ graceMs: 100 })));
afterAll(() => workspace[Symbol.asyncDispose]());

const run = (
  scenarios: readonly AnyScenario[],
  options: Partial<RunOptions> = {},
): Promise<readonly ScenarioResult[]> => runScenarios(scenarios, { environment, workspace, ...options });

/** Returns when the signal fires. */
const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve()));

test('a result says all that is known, as plain data', async () => {
  const clock = new ManualClock();
  const [result] = await run([thermometer()], { clock, seed: 7 });
  expect(result).toEqual({
    id: 'sample/thermometer',
    title: 'Thermometer',
    verdict: 'passed',
    findings: [],
    reasons: [],
    limits: { warmest: 30, coldest: 10 },
    limitSources: { warmest: 'default', coldest: 'default' },
    metrics: [{ name: 'degrees', unit: 'count', value: 20 }],
    observation: { degrees: 20, insulated: true, seed: 7 },
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 0,
  });
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  expect(clock.pending).toBe(0);
});

test.for([
  [20, true, 'passed', [], []],
  [20, false, 'passed', ['DAMP'], []],
  [31, true, 'failed', ['HOT'], []],
  [0, true, 'failed', ['COLD'], ['It shows 0, which may mean nothing.']],
] as const)('%i degrees, insulated %s: %s', async ([degrees, insulated, verdict, codes, reasons]) => {
  const [result] = await run([thermometer({ plan: () => ({ degrees, insulated }) })]);
  expect(result).toMatchObject({ verdict, reasons });
  expect(result?.findings.map((finding) => finding.code)).toEqual(codes);
});

test('without an error, a reason why nothing can be told makes it inconclusive', async () => {
  const overrides = new Map([['sample/thermometer', { values: { coldest: 0 }, source: '--limit' }]]);
  const [result] = await run([thermometer({ plan: () => ({ degrees: 0, insulated: false }) })], {
    overrides,
  });
  expect(result).toMatchObject({
    verdict: 'inconclusive',
    limits: { coldest: 0 },
    limitSources: { coldest: '--limit' },
  });
  expect(result?.findings).toHaveLength(1);
});

test('impossible limits are found before anything runs', async () => {
  let ran = false;
  const first = thermometer({ id: 'sample/first', measure: async (plan) => ((ran = true), plan) });
  const overrides = new Map([['sample/thermometer', { values: { warmest: 1000 }, source: '--limit' }]]);
  await expect(run([first, thermometer()], { overrides })).rejects.toThrow(UsageError);
  expect(ran).toBe(false);
});

test('what is missing to run it is said', async () => {
  const missing = { what: 'a thermometer', how: 'Buy one' };
  const events: RunEvent[] = [];
  const [result] = await run([thermometer({ requires: () => missing })], {
    onEvent: (event) => events.push(event),
  });
  expect(result).toMatchObject({ verdict: 'skipped', missing });
  expect(events).toEqual([{ kind: 'finished', result }]);
});

const broken = (): never => {
  throw new Error('broken');
};
test.for<[string, Parameters<typeof thermometer>[0], string]>([
  ['requires', { requires: broken }, 'broken'],
  ['plan', { plan: broken }, 'broken'],
  ['measure', { measure: broken }, 'broken'],
  ['measure, later', { measure: async () => broken() }, 'broken'],
  ['judge', { judge: broken }, 'broken'],
  ['metrics', { metrics: broken }, 'broken'],
  [
    'observation',
    { measure: async () => ({ at: new Date() }) },
    'Expected sample/thermometer to observe plain JSON data, but observation.at is an instance of Date',
  ],
  [
    'metrics, a number that is none',
    { metrics: () => [{ name: 'x', unit: 'ms', value: NaN }] },
    'Expected sample/thermometer to report plain JSON data, but metrics[0].value is NaN',
  ],
  [
    'finding, a number that is none',
    {
      judge: () => ({
        findings: [{ code: 'HOT', severity: 'error', message: '', measured: { value: 0 / 0, unit: 'ms' } }],
      }),
    },
    'Expected sample/thermometer to find plain JSON data, but judgement.findings[0].measured.value is NaN',
  ],
  [
    'finding',
    { judge: () => ({ findings: [{ code: 'WET', severity: 'note', message: '' }] }) },
    'Expected sample/thermometer to raise a finding of its catalogue (HOT, COLD, DAMP), got WET',
  ],
  [
    'finding of a name that every object has',
    { judge: () => ({ findings: [{ code: 'toString', severity: 'note', message: '' }] }) },
    'got toString',
  ],
])('a defect in its %s is an error of ours, and disturbs no other', async ([, changes, message]) => {
  const [result, other] = await run([thermometer(changes), thermometer({ id: 'sample/other' })]);
  expect(result?.verdict).toBe('error');
  expect(result?.error?.message).toContain(message);
  expect(result?.error?.stack).toContain(message);
  expect(other?.verdict).toBe('passed');
});

test('a mistake of the user that is found late is thrown, after the others were stopped', async () => {
  const stopped: string[] = [];
  const waits = thermometer({
    id: 'sample/waits',
    measure: async (_, { signal }) => void (await untilAborted(signal), stopped.push('waits')),
  });
  const finds = thermometer({
    measure: () => Promise.reject(new UsageError('NO_SUCH_PLACE', 'There is no such place.')),
  });
  await expect(run([waits, finds])).rejects.toThrow(expect.objectContaining({ code: 'NO_SUCH_PLACE' }));
  expect(stopped).toEqual(['waits']);
});

test('such a mistake leaves no process either', async () => {
  let pid = 0;
  const measure = async (_: unknown, { workspace: scope }: { workspace: Workspace }): Promise<never> => {
    pid = scope.spawn('sleep', ['1000']).pid;
    throw new UsageError('NO_SUCH_PLACE', 'There is no such place.');
  };
  await expect(run([thermometer({ measure })])).rejects.toThrow(UsageError);
  expect(readProcesses().filter((entry) => entry.group === pid)).toEqual([]);
});

test('a defect of the judge leaves the observation for the bug report', async () => {
  const [result] = await run([thermometer({ judge: broken })]);
  expect(result).toMatchObject({ verdict: 'error', observation: { degrees: 20 }, metrics: [{ value: 20 }] });
});

test('results are in the order given, whatever order they end in', async () => {
  const ids = ['sample/c', 'sample/a', 'sample/b'];
  const events: RunEvent[] = [];
  const scenarios = ids.map((id, index) =>
    thermometer({
      id,
      footprint: { exclusive: index === 0 },
      measure: async (plan, { progress }) => (progress(`reading ${id}`), plan),
    }),
  );
  const results = await run(scenarios, { onEvent: (event) => events.push(event) });
  expect(results.map((result) => result.id)).toEqual(ids);
  const started = events.flatMap((event) => (event.kind === 'started' ? [event.id] : []));
  expect(started).toEqual(['sample/a', 'sample/b', 'sample/c']);
  const ofFirst = events.filter(
    (event) => (event.kind === 'finished' ? event.result.id : event.id) === 'sample/c',
  );
  expect(ofFirst.map((event) => event.kind)).toEqual(['started', 'progress', 'finished']);
  expect(ofFirst[1]).toEqual({ kind: 'progress', id: 'sample/c', message: 'reading sample/c' });
});

test('repeats round by round, and keeps the results of one scenario together', async () => {
  const order: string[] = [];
  const scenarios = ['sample/a', 'sample/b'].map((id) =>
    thermometer({
      id,
      footprint: { exclusive: true },
      measure: async (plan, { seed }) => (order.push(id), { ...plan, seed }),
    }),
  );
  const results = await run(scenarios, { repeat: 2, seed: 3 });
  expect(order).toEqual(['sample/a', 'sample/b', 'sample/a', 'sample/b']);
  expect(
    results.map(({ id, repetition, observation }) => [
      id,
      repetition,
      (observation as { seed: number }).seed,
    ]),
  ).toEqual([
    ['sample/a', 1, 3],
    ['sample/a', 2, 3],
    ['sample/b', 1, 3],
    ['sample/b', 2, 3],
  ]);
  for (const repeat of [0, 1.5, NaN]) await expect(run([], { repeat })).rejects.toThrow(RangeError);
});

test('what the listener throws is thrown to its owner and blamed on no scenario', async () => {
  const onEvent = (): void => {
    throw new Error('standard output is closed');
  };
  await expect(run([thermometer()], { onEvent })).rejects.toThrow('standard output is closed');
});

test('one that exceeds its budget is aborted, and what it returns then is kept but not judged', async () => {
  const clock = new ManualClock();
  const measure = async (plan: object, { signal }: { signal: AbortSignal }): Promise<unknown> => {
    clock.advance(10_000);
    expect(signal.aborted).toBe(true);
    return { ...plan, degrees: 99 };
  };
  const [result] = await run([thermometer({ measure })], { clock });
  expect(result).toMatchObject({
    verdict: 'inconclusive',
    findings: [],
    reasons: ['It was cut off: its budget of 10 s was used up.'],
    cutOff: 'budget',
    observation: { degrees: 99 },
    metrics: [{ value: 99 }],
    durationMs: 10_000,
  });
  expect(clock.pending).toBe(0);
});

test.for<[string, () => Promise<unknown>]>([
  ['throws', () => Promise.reject(new Error('stopped half-way'))],
  ['returns half an observation', async () => ({ degrees: undefined })],
])('one that %s after it was aborted is inconclusive, not broken', async ([, afterwards]) => {
  const clock = new ManualClock();
  const [result] = await run([thermometer({ measure: async () => (clock.advance(10_000), afterwards()) })], {
    clock,
  });
  expect(result).toMatchObject({ verdict: 'inconclusive', metrics: [] });
  expect(result?.observation).toBeUndefined();
});

test('one that ignores that it was aborted is given up, and its processes and folders are removed', async () => {
  const clock = new ManualClock();
  let scope: Workspace | undefined;
  let pid = 0;
  const messages: string[] = [];
  const late = Promise.withResolvers<void>();
  const scenario = thermometer({
    measure: async (_, context) => {
      scope = context.workspace;
      pid = scope.spawn('sh', ['-c', 'trap "" TERM; sleep 1000; sleep 1000']).pid;
      await scope.makeFolder('deep');
      context.progress('begun');
      clock.advance(10_000 + 1_999);
      setImmediate(() => clock.advance(1));
      await late.promise;
      context.progress('late');
      throw new Error('late');
    },
  });
  const onEvent = (event: RunEvent): void => void (event.kind === 'progress' && messages.push(event.message));
  const [result] = await run([scenario], { clock, onEvent });
  expect(result).toMatchObject({ verdict: 'inconclusive', durationMs: 12_000 });
  expect(readProcesses().filter((entry) => entry.group === pid)).toEqual([]);
  expect(existsSync(scope?.folder ?? '')).toBe(false);
  expect(() => scope?.spawn('true', [])).toThrow('is closed');
  late.resolve();
  await new Promise(setImmediate);
  expect(messages).toEqual(['begun']);
});

test('the deadline cuts off what runs and skips what has not begun', async () => {
  const clock = new ManualClock();
  const scenarios = [1, 2, 3].map((number) =>
    thermometer({
      id: `sample/number-${number}`,
      footprint: { exclusive: true },
      measure: async (plan, { seed, signal }) => {
        if (number === 2) {
          clock.advance(5_000);
          expect(signal.aborted).toBe(true);
        }
        return { ...plan, seed };
      },
    }),
  );
  const results = await run(scenarios, { clock, deadlineMs: 5_000 });
  expect(results.map((result) => result.verdict)).toEqual(['passed', 'inconclusive', 'skipped']);
  expect(results[1]?.reasons).toEqual(["It was cut off: the run's deadline of 5 s passed."]);
  expect(results.map(({ cutOff }) => cutOff)).toEqual([undefined, 'run', 'run']);
  expect(results[2]?.missing?.what).toBe(
    "time: the run's deadline of 5 s passed before this scenario was started",
  );
  expect(clock.pending).toBe(0);
});

test('an interruption does likewise', async () => {
  const interruption = new AbortController();
  const scenarios = ['sample/a', 'sample/b'].map((id) =>
    thermometer({
      id,
      footprint: { exclusive: true },
      measure: async (plan, { signal }) => {
        interruption.abort();
        await untilAborted(signal).catch(() => {});
        return plan;
      },
    }),
  );
  const results = await run(scenarios, { signal: interruption.signal, graceMs: 10 });
  expect(results.map((result) => result.verdict)).toEqual(['inconclusive', 'skipped']);
  expect(results[0]?.reasons).toEqual(['It was cut off: the run was interrupted.']);

  const again = await run(scenarios, { signal: AbortSignal.abort(new Error('SIGTERM')) });
  expect(again.map((result) => result.verdict)).toEqual(['skipped', 'skipped']);
  expect(again[0]?.missing?.what).toBe(
    'time: the run was interrupted (SIGTERM) before this scenario was started',
  );
});

test('what cannot be removed after a scenario is an error of ours, and is tried again with the workspace', async () => {
  const own = await openWorkspace();
  let path = '';
  const scenario = thermometer({
    measure: async (plan, { workspace: scope, seed }) => {
      path = `${scope.folder}/seaworthy-${own.runId}`;
      scope.own({ kind: 'folder', path });
      writeFileSync(path, 'not a folder');
      return { ...plan, seed };
    },
  });
  const [result] = await run([scenario], { workspace: own });
  expect(result).toMatchObject({ verdict: 'error', observation: { degrees: 20 } });
  expect(result?.error?.message).toContain(`Expected a folder at ${path}, found something else`);
  rmSync(path);
  await own[Symbol.asyncDispose]();
  expect(existsSync(own.folder)).toBe(false);
});
