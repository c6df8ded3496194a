import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exhaustMemory } from '../../src/memory/exhaust-memory.ts';
import { MIB, openTestSandbox, type OpenedSandbox } from '../sandboxes.ts';

const { signal } = new AbortController();
const LIMIT = 128 * MIB;

describe.each([
  { where: 'cgroup', keeper: 'python' },
  { where: 'debian', keeper: 'python' },
  { where: 'tiny', keeper: 'native' },
] as const)('in $where with the $keeper keeper', ({ where, keeper }) => {
  test('a share of the limit is met within a tenth of a point, held and given back', async () => {
    await using opened = await openTestSandbox({ where, keeper });
    for (const share of [0.6, 0.85]) {
      const run = await exhaustMemory(opened.sandbox, { share, holdMs: 300, signal });
      expect(run).toMatchObject({
        outcome: 'held',
        limitBytes: LIMIT,
        reached: true,
        refusals: [],
        deaths: [],
      });
      expect(Math.abs(run.held!.mean / LIMIT - share)).toBeLessThan(0.002);
      // The kernel charges every core 64 pages ahead, so single samples jump.
      expect(Math.abs(run.held!.max / LIMIT - share)).toBeLessThan(0.01);
      expect(run.held!.ms).toBeGreaterThanOrEqual(300);
      expect(run.killsAfter).toBe(run.killsBefore);
      expect(run.leftBytes - run.baselineBytes).toBeLessThan(0.02 * LIMIT);
      expect(run.workers).toHaveLength(1);
      expect(run.workers[0]!.ending).toBeUndefined();
    }
  });

  test('over the limit the victim is killed and the keeper tells so, as does the gauge', async () => {
    await using opened = await openTestSandbox({ where, keeper });
    const run = await exhaustMemory(opened.sandbox, { overLimitShare: 0.1, signal });
    expect(run).toMatchObject({ outcome: 'killed', reached: false });
    const [death] = run.deaths;
    expect(death!.ending).toMatchObject({ signal: 'SIGKILL', code: null });
    expect(death!.ending.killsAfter! - death!.ending.killsBefore!).toBe(1);
    expect(death!.gaugeKillsAfter! - death!.gaugeKillsBefore!).toBe(1);
    expect(death!.ending.peakBytes).toBeLessThanOrEqual(LIMIT);
    expect((await exhaustMemory(opened.sandbox, { bytes: 10 * MIB, holdMs: 50, signal })).outcome).toBe(
      'held',
    );
  });
});

/** In a cgroup; each exhaustion gives everything back, so that one is enough for many. */
let opened: OpenedSandbox;
beforeAll(async () => {
  opened = await openTestSandbox();
});
afterAll(() => opened[Symbol.asyncDispose]());

test('workers meet at a barrier and hold equal parts', async () => {
  let atBarrier = 0;
  const run = await exhaustMemory(opened.sandbox, {
    bytes: 40 * MIB,
    workers: 4,
    chunkBytes: 5e6,
    holdMs: 100,
    signal,
    whileHeld: async (usage) => void (atBarrier = usage),
  });
  expect(run).toMatchObject({ outcome: 'held', reached: true });
  expect(run.workers.map(({ held, barrierBytes }) => [held, barrierBytes])).toEqual(
    Array.from({ length: 4 }, () => [true, 10 * MIB]),
  );
  expect(run.fairness).toBe(1);
  expect(atBarrier - run.baselineBytes).toBeGreaterThanOrEqual(40 * MIB);
});

describe('a guard', () => {
  test('that reads the effective limit is met, refuses, and nobody is killed', async () => {
    const run = await exhaustMemory(opened.sandbox, {
      overLimitShare: 0.1,
      protect: { share: 0.8 },
      holdMs: 100,
      signal,
    });
    expect(run).toMatchObject({ outcome: 'protected', deaths: [] });
    expect(run.refusals[0]).toMatchObject({ by: 'guard', worker: 0, wantedBytes: 10e6 });
    expect(Math.abs(run.reachedShare! - 0.8)).toBeLessThan(0.01);
  });

  test('that reads the memory of the machine is no guard', async () => {
    const protect = { share: 0.8, limitBytes: 1e12 };
    const run = await exhaustMemory(opened.sandbox, { overLimitShare: 0.1, protect, signal });
    expect(run).toMatchObject({ outcome: 'killed', refusals: [] });
  });

  test('that each worker has alone lets all of them together through', async () => {
    const protect = { share: 0.8, counts: 'worker' } as const;
    const run = await exhaustMemory(opened.sandbox, { overLimitShare: 0.2, workers: 3, protect, signal });
    expect(run.outcome).toBe('killed');
  });
});

test('address space that nobody writes to is no pressure', async () => {
  const run = await exhaustMemory(opened.sandbox, { share: 0.6, fault: 'reserve', holdMs: 50, signal });
  expect(run.reached).toBe(false);
  expect(run.workers[0]!.reachedBytes).toBeGreaterThan(50 * MIB);
});

test('without a limit nothing stops it, and it is told', async () => {
  await using opened = await openTestSandbox({ without: ['memory'] });
  const run = await exhaustMemory(opened.sandbox, { overLimitShare: 0.1, holdMs: 50, signal });
  expect(run).toMatchObject({ outcome: 'held', declaredBytes: LIMIT, deaths: [] });
  expect(run.limitBytes).toBeUndefined();
});

test('a refused allocation is told with its errno where the limit is one of the process', async () => {
  await using opened = await openTestSandbox({ where: 'rlimit' });
  const run = await exhaustMemory(opened.sandbox, { overLimitShare: 0.1, holdMs: 50, signal });
  expect(run.outcome).toBe('refused');
  expect(run.refusals[0]).toMatchObject({ by: 'kernel', error: 'ENOMEM' });
});

test('an interruption and a timeout are outcomes, and leave nothing', async () => {
  const interrupt = new AbortController();
  const interrupted = exhaustMemory(opened.sandbox, {
    share: 0.6,
    holdMs: 60_000,
    signal: interrupt.signal,
    whileHeld: async () => interrupt.abort(),
  });
  expect((await interrupted).outcome).toBe('interrupted');
  const late = await exhaustMemory(opened.sandbox, { share: 0.6, holdMs: 60_000, timeoutMs: 800, signal });
  expect(late.outcome).toBe('timeout');
  expect(await opened.sandbox.keeper.inside.processes()).toHaveLength(1);
});

test('a gauge that goes blind ends it: nothing is taken on the word that nothing is used', async () => {
  const { sandbox } = opened;
  let looks = 0;
  const read = async () => {
    const { memory, ...others } = await sandbox.gauge.read();
    return memory === undefined || ++looks > 3 ? others : { memory, ...others };
  };
  const blind = { ...sandbox, gauge: { ...sandbox.gauge, read } };
  const running = exhaustMemory(blind, { share: 0.6, holdMs: 50, signal });
  await expect(running).rejects.toMatchObject({ name: 'FiguresGone' });
  expect(await sandbox.keeper.inside.processes()).toHaveLength(1);
});

test.each([
  {},
  { share: 1.1 },
  { share: 0 },
  { bytes: -1 },
  { bytes: Infinity },
  { share: 0.5, bytes: 5 },
  { share: Number.NaN },
  { share: 0.5, workers: 0 },
  { share: 0.5, workers: 1.5 },
  { share: 0.5, workers: Number.NaN },
  { share: 0.5, chunkBytes: 0 },
  { share: 0.5, holdMs: Infinity },
  { share: 0.5, timeoutMs: 2 ** 31 },
])('a request that makes no sense is refused: %j', async (request) => {
  await expect(exhaustMemory(opened.sandbox, { ...request, signal })).rejects.toMatchObject({
    name: 'UsageError',
  });
  expect(await opened.sandbox.keeper.inside.processes()).toHaveLength(1);
});
