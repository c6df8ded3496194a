import { afterAll, beforeAll, expect, test } from 'vitest';
import { exhaustTogether } from '../../src/combined/exhaust-together.ts';
import { KeeperRefused } from '../../src/keeper/keeper-gone.ts';
import type { Sandbox } from '../../src/model/sandbox.ts';
import type { Victim } from '../../src/model/victim.ts';
import { MIB, openTestSandbox, type OpenedSandbox } from '../sandboxes.ts';

const { signal } = new AbortController();
const ALL = { memory: 0.6, descriptors: 'untilFull', disk: 'untilFull', overlapMs: 500, signal } as const;

let opened: OpenedSandbox;
beforeAll(async () => {
  opened = await openTestSandbox();
});
afterAll(() => opened[Symbol.asyncDispose]());

test('all are at their levels at once, the keeper answers, and everything comes back', async () => {
  // Saturated: a share of a core is nothing to rely on where tests run side by side.
  const run = await exhaustTogether(opened.sandbox, { ...ALL, cpu: 0.3 });
  expect(run.parts.map(({ part, recovered }) => [part, recovered])).toEqual([
    ['disk', true],
    ['memory', true],
    ['descriptors', true],
    ['cpu', true],
  ]);
  if (run.outcome !== 'held') expect(run.parts.find(({ held }) => held === undefined)?.part).toBe('cpu');
  else expect(run.overlapMs).toBeGreaterThanOrEqual(500);
  expect(run.control.answered).toBeGreaterThan(0);
  expect(run).toMatchObject({ deaths: [], afterwards: { openFile: true, spawn: true } });
  expect(run.killsAfter).toBe(run.killsBefore);
  expect(await opened.sandbox.keeper.inside.processes()).toHaveLength(1);
});

test('without CPU they are held for sure, and the disk is a part of the memory', async () => {
  const run = await exhaustTogether(opened.sandbox, ALL);
  expect(run).toMatchObject({ outcome: 'held', duringOverlap: { reservedRead: true, openFile: false } });
  expect(run.parts.map(({ reached, problem }) => [reached, problem])).toEqual(
    run.parts.map(() => [true, undefined]),
  );
  const memory = run.parts.find(({ part }) => part === 'memory')!;
  expect(Math.abs(memory.held!.mean - 0.6 * 128 * MIB)).toBeLessThan(0.01 * 128 * MIB);
});

test('a disk that is not counted brings the kernel in', async () => {
  const run = await exhaustTogether(opened.sandbox, { ...ALL, memory: 0.92, fault: 'disk-beside-memory' });
  expect(run).toMatchObject({ outcome: 'killed', overlapMs: 0 });
  expect(run.deaths).toHaveLength(1);
});

test('no reserve is seen, and what is kept', async () => {
  const blind = await exhaustTogether(opened.sandbox, { ...ALL, fault: 'no-reserve' });
  expect(blind.duringOverlap).toMatchObject({ reservedRead: false });
  const kept = await exhaustTogether(opened.sandbox, { ...ALL, fault: 'keep' });
  expect(kept.parts.map(({ recovered }) => recovered)).toEqual([false, false, false]);
  expect(kept.afterwards).toMatchObject({ openFile: false });
});

test('a victim that somebody kills ends it, whichever it is', async () => {
  const { sandbox } = opened;
  const started: Victim[] = [];
  const watched: Sandbox = {
    ...sandbox,
    keeper: {
      ...sandbox.keeper,
      startVictim: async () => (started[started.length] = await sandbox.keeper.startVictim()),
    },
  };
  const held = async (): Promise<number> => {
    const processes = await sandbox.keeper.inside.processes();
    return processes.find(({ victim }) => victim === started[1]?.id)?.descriptors ?? 0;
  };
  // The first is the bystander, the second holds the descriptors.
  for (const index of [0, 1]) {
    started.length = 0;
    const running = exhaustTogether(watched, { descriptors: 0.5, overlapMs: 20_000, signal });
    while (started.length < 2 || (await held()) < 128)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await started[index]!.kill('SIGKILL');
    const run = await running;
    expect(run).toMatchObject({ outcome: 'killed' });
    expect(run.deaths).toMatchObject([{ pid: started[index]!.pid, ending: { signal: 'SIGKILL' } }]);
  }
});

test('a level that cannot be told is neither there nor back', async () => {
  const { sandbox } = opened;
  const read = async () => {
    const { disk: _hidden, ...others } = await sandbox.gauge.read();
    return others;
  };
  const blind = { ...sandbox, gauge: { ...sandbox.gauge, read } };
  const run = await exhaustTogether(blind, { disk: 0.5, overlapMs: 100, timeoutMs: 1000, signal });
  expect(run).toMatchObject({
    outcome: 'timeout',
    parts: [{ part: 'disk', reached: false, recovered: false }],
  });
  expect(run.parts[0]).not.toHaveProperty('before');
  expect(run.parts[0]).not.toHaveProperty('afterwards');
});

test('a part that cannot be made leaves nobody behind', async () => {
  const { sandbox } = opened;
  let count = 0;
  const crowded: Sandbox = {
    ...sandbox,
    keeper: {
      ...sandbox.keeper,
      async startVictim() {
        if (++count === 3) throw new KeeperRefused('EAGAIN', 'start a victim');
        return sandbox.keeper.startVictim();
      },
    },
  };
  await expect(exhaustTogether(crowded, ALL)).rejects.toMatchObject({ code: 'EAGAIN' });
  expect(await sandbox.keeper.inside.processes()).toHaveLength(1);
});

test.each([{}, { cpu: 0 }, { memory: 1.5 }, { disk: Number.NaN }, { memory: 0.5, overlapMs: Infinity }])(
  'refuses %j, and starts nothing',
  async (request) => {
    const { keeper } = opened.sandbox;
    const none = { ...keeper, startVictim: () => Promise.reject(new Error('Expected no victim')) };
    await expect(
      exhaustTogether({ ...opened.sandbox, keeper: none }, { ...request, signal }),
    ).rejects.toMatchObject({ name: 'UsageError' });
  },
);
