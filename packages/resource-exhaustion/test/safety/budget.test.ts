import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { floorOf, memoryBudget } from '../../src/safety/budget.ts';
import { checkRoom } from '../../src/safety/check-room.ts';

const GIB = 2 ** 30;
const MIB = 2 ** 20;

describe('floor', () => {
  test.each([
    [4 * GIB, GIB],
    [10 * GIB, GIB],
    [24 * GIB, Math.round(2.4 * GIB)],
  ])('of a machine with %i bytes', (totalBytes, floor) => {
    expect(floorOf({ totalBytes })).toBe(floor);
    expect(floorOf({ totalBytes, keepFreeBytes: 1 })).toBe(floor);
    expect(floorOf({ totalBytes, keepFreeBytes: 20 * GIB })).toBe(20 * GIB);
  });
});

describe('budget', () => {
  test('is half of what is available where that is the least', () => {
    const budget = memoryBudget({ totalBytes: 24 * GIB, availableBytes: 20 * GIB });
    expect(budget).toEqual({ bytes: 10 * GIB, because: '50 % of the 20 GiB that are available' });
  });

  test('leaves the floor free', () => {
    const budget = memoryBudget({ totalBytes: 8 * GIB, availableBytes: 1.5 * GIB });
    expect(budget).toEqual({
      bytes: 0.5 * GIB,
      because: 'of the 1.5 GiB that are available, 1 GiB stay free',
    });
  });

  test('tells what lies near with a second digit', () => {
    const budget = memoryBudget({ totalBytes: 24 * GIB, availableBytes: 2.44 * GIB });
    expect(budget.because).toBe('of the 2.44 GiB that are available, 2.4 GiB stay free');
  });

  test('is four fifths of the limit that this process is under', () => {
    const limit = { bytes: 512 * MIB, folder: '/sys/fs/cgroup/job' };
    const budget = memoryBudget({ totalBytes: 24 * GIB, availableBytes: 20 * GIB, limit });
    expect(budget.bytes).toBe(Math.floor(512 * MIB * 0.8));
    expect(budget.because).toBe('80 % of the limit of 512 MiB that /sys/fs/cgroup/job sets for this process');
  });

  test('never takes the machine below its floor, nor more than half of what is there', () => {
    const bytes = fc.integer({ min: 0, max: 2 ** 45 });
    fc.assert(
      fc.property(bytes, bytes, fc.option(bytes, { nil: undefined }), (total, available, limit) => {
        const machine = {
          totalBytes: total,
          availableBytes: available,
          ...(limit === undefined ? {} : { limit: { bytes: limit, folder: '/c' } }),
        };
        const budget = memoryBudget(machine).bytes;
        expect(available - budget).toBeGreaterThanOrEqual(floorOf(machine));
        expect(budget).toBeLessThanOrEqual(available / 2);
        if (limit !== undefined) expect(budget).toBeLessThanOrEqual(limit * 0.8);
      }),
    );
  });
});

describe('room', () => {
  const machine = { totalBytes: 24 * GIB, availableBytes: 20 * GIB };

  test('is there up to the budget, to the byte', () => {
    expect(checkRoom({ memoryBytes: 10 * GIB }, machine)).toBeUndefined();
    expect(checkRoom({ memoryBytes: 10 * GIB + 1 }, machine)).toBeDefined();
    expect(checkRoom({}, machine)).toBeUndefined();
  });

  test('is refused with figures where more is asked for than there is', () => {
    expect(checkRoom({ memoryBytes: 64 * GIB }, machine)).toEqual({
      what: 'memory for a sandbox of 64 GiB: the most that may be taken here is 10 GiB (50 % of the 20 GiB that are available)',
      how: 'Ask for a smaller sandbox, end what holds memory, or use a machine with more of it.',
    });
  });

  test('is refused below the floor, whatever is asked for', () => {
    const full = { totalBytes: 8 * GIB, availableBytes: GIB - 1 };
    expect(checkRoom({ memoryBytes: 1 }, full)?.what).toBe(
      'free memory: 1024 MiB are available, and pressure is only made while 1 GiB stay free',
    );
    expect(checkRoom({ memoryBytes: 1 }, { ...full, availableBytes: GIB + 2 })).toBeUndefined();
  });
});
