import { afterAll, beforeAll, expect, test } from 'vitest';
import { exhaustTogether } from '../../src/combined/exhaust-together.ts';
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

test('nothing at all is a mistake', async () => {
  await expect(exhaustTogether(opened.sandbox, { signal })).rejects.toMatchObject({ name: 'UsageError' });
});
