import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseNext } from '../../src/runner/machine.ts';
import { runSchedule, type Job } from '../../src/runner/schedule.ts';
import type { Footprint } from '../../src/scenario.ts';

const capacity = { cores: 2, memoryBytes: 1000 };
const footprint = fc.record({
  cores: fc.constantFrom(0, 0.5, 1, 2, 3),
  memoryBytes: fc.constantFrom(0, 100, 400, 1000, 2000),
  exclusive: fc.boolean(),
});
const never = new AbortController().signal;

/** Jobs that take a few turns of the event loop each and write down who runs. */
function simulate(
  footprints: readonly Footprint[],
  turns: readonly number[],
  onStart: (running: readonly number[]) => void,
): Job[] {
  const running: number[] = [];
  return footprints.map((footprint, index) => ({
    footprint,
    run: async () => {
      running.push(index);
      onStart([...running]);
      for (let turn = 0; turn < (turns[index] ?? 1); turn += 1) await new Promise(setImmediate);
      running.splice(running.indexOf(index), 1);
    },
  }));
}

test('never more than the machine has, exclusive ones alone and last, and everything runs once', async () => {
  const turns = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 12, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fc.array(footprint, { maxLength: 12 }), turns, async (footprints, lengths) => {
      const started: number[] = [];
      const of = (index: number): Footprint => footprints[index] as Footprint;
      const jobs = simulate(footprints, lengths, (running) => {
        started.push(running.at(-1) as number);
        if (running.length === 1) return;
        expect(running.some((index) => of(index).exclusive)).toBe(false);
        expect(running.reduce((sum, index) => sum + of(index).cores, 0)).toBeLessThanOrEqual(capacity.cores);
        expect(running.reduce((sum, index) => sum + of(index).memoryBytes, 0)).toBeLessThanOrEqual(
          capacity.memoryBytes,
        );
      });
      await runSchedule(jobs, capacity, never);
      expect(started.toSorted((a, b) => a - b)).toEqual([...footprints.keys()]);
      const exclusive = started.map((index) => of(index).exclusive === true);
      expect(exclusive).toEqual(exclusive.toSorted((a, b) => Number(a) - Number(b)));
      expect(started.filter((index) => of(index).exclusive)).toEqual(
        [...footprints.keys()].filter((index) => of(index).exclusive),
      );
    }),
  );
});

test('nothing is left waiting that would fit', () => {
  fc.assert(
    fc.property(fc.array(footprint), fc.array(footprint, { maxLength: 3 }), (waiting, running) => {
      const next = chooseNext(waiting, running, capacity);
      if (next === undefined && running.length === 0) expect(waiting).toEqual([]);
      const small = { cores: 0, memoryBytes: 0 };
      const room =
        running.every((job) => !job.exclusive) &&
        running.reduce((sum, job) => sum + job.cores, 0) <= capacity.cores &&
        running.reduce((sum, job) => sum + job.memoryBytes, 0) <= capacity.memoryBytes;
      if (room) expect(chooseNext([...waiting, small], running, capacity)).toBeDefined();
    }),
  );
});

test('nothing starts beside an exclusive one', () => {
  fc.assert(
    fc.property(fc.array(footprint), (waiting) => {
      const alone = { cores: 0, memoryBytes: 0, exclusive: true };
      expect(chooseNext(waiting, [alone], capacity)).toBeUndefined();
    }),
  );
});

test('two that fit run side by side, and the first that ends makes room for the next', async () => {
  const seen: number[][] = [];
  const one = { cores: 1, memoryBytes: 1 };
  await runSchedule(
    simulate([one, one, one], [2, 6, 1], (running) => seen.push([...running])),
    capacity,
    never,
  );
  expect(seen).toEqual([[0], [0, 1], [1, 2]]);
});

test('what one throws stops the rest, and is thrown when all that ran have ended', async () => {
  const log: string[] = [];
  const one = { cores: 1, memoryBytes: 1 };
  const until = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => signal.addEventListener('abort', () => setImmediate(resolve)));
  const jobs: Job[] = [
    { footprint: one, run: async (signal) => void (await until(signal), log.push('stopped')) },
    { footprint: one, run: () => Promise.reject(new Error('broken')) },
    { footprint: one, run: async () => void log.push('started') },
  ];
  await expect(runSchedule(jobs, capacity, never)).rejects.toThrow('broken');
  expect(log).toEqual(['stopped']);
});
