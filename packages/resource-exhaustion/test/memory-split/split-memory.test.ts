import { describe, expect, test } from 'vitest';
import { splitMemory } from '../../src/memory-split/split-memory.ts';
import { leakSlope } from '../../src/statistics/leak-slope.ts';
import { MIB, openTestSandbox } from '../sandboxes.ts';

const BYTES = 32 * MIB;

describe('splitMemory, of a real process', () => {
  test('what was freed is with the allocator until it is asked to give it back', async () => {
    await using opened = await openTestSandbox();
    const { sandbox } = opened;
    const trimmed = await splitMemory(sandbox, { bytes: BYTES });
    expect(trimmed.outcome).toBe('done');
    expect(trimmed.split!.liveBytes).toBeGreaterThan(0.9 * BYTES);
    expect(trimmed.split!.retainedBytes).toBeGreaterThan(0.1 * BYTES);
    expect(trimmed.split!.leakedBytes).toBeLessThan(0.15 * BYTES);
    expect(trimmed.outside.highestBytes - trimmed.outside.baselineBytes).toBeGreaterThan(0.8 * BYTES);
    const pinned = await splitMemory(sandbox, { bytes: BYTES, pinEvery: 100 });
    expect(pinned.split!.leakedBytes).toBeGreaterThan(0.2 * BYTES);
    const untrimmed = await splitMemory(sandbox, { bytes: BYTES, trim: false });
    expect(untrimmed.split).not.toHaveProperty('leakedBytes');
    // The process is gone each time, so what it kept is gone as well.
    const { memory } = await sandbox.gauge.read();
    expect(memory!.usageBytes - memory!.reclaimableBytes).toBeLessThan(
      trimmed.outside.baselineBytes + 4 * MIB,
    );
  }, 60_000);

  test('the height of what nobody looked at is the mark of the kernel', async () => {
    await using opened = await openTestSandbox();
    const { keeper, gauge } = opened.sandbox;
    const victim = await keeper.startVictim();
    let churned = Promise.resolve<unknown>(undefined);
    const churning = {
      ...victim,
      memory: (bytes: number) => victim.memory(bytes),
      churn: (options: Parameters<typeof victim.churn>[0]) => {
        const reply = victim.churn(options);
        churned = reply;
        return reply;
      },
    };
    // Whoever asks while blocks are there waits until they are gone.
    const late = { source: gauge.source, read: () => churned.then(() => gauge.read()) };
    const { outside } = await splitMemory({ keeper, gauge: late }, { bytes: BYTES, victim: churning });
    const seen = outside.curve.map(([, bytes]) => bytes);
    expect(Math.max(...seen) - outside.baselineBytes).toBeLessThan(0.5 * BYTES);
    expect(outside.highestBytes - outside.baselineBytes).toBeGreaterThan(0.8 * BYTES);
    await victim.end();
  }, 60_000);

  test('more than there is is an outcome, not an exception', async () => {
    await using opened = await openTestSandbox();
    const { outcome, split, outside } = await splitMemory(opened.sandbox, { bytes: 400 * MIB, cycles: 1 });
    expect([outcome, split]).toEqual(['died', undefined]);
    expect(outside.highestBytes).toBeGreaterThan(64 * MIB);
  }, 60_000);
});

test('leakSlope tells a process that keeps a little each time from one that keeps nothing', async () => {
  await using opened = await openTestSandbox();
  const { keeper } = opened.sandbox;
  const rounds = async (pinEvery?: number): Promise<number[]> => {
    const victim = await keeper.startVictim();
    const options = { bytes: MIB, smallest: 1024, largest: 65_536, cycles: 1, trim: true, seed: 1 };
    const samples: number[] = [];
    for (let round = 0; round < 110; round += 1) {
      const { figures } = await victim.churn(pinEvery === undefined ? options : { ...options, pinEvery });
      samples.push(figures['rssTrimmed']!);
    }
    await victim.end();
    return samples;
  };
  // CPython's arenas fill up by 1 to 3 KB a round where nothing is kept; every second small object is 150 KB.
  const options = { effectBytes: 16 * 1024 };
  expect(leakSlope(await rounds(), options).verdict).toBe('none');
  const { verdict, slope } = leakSlope(await rounds(2), options);
  expect(verdict).toBe('leak');
  expect(slope.low).toBeGreaterThan(50 * 1024);
}, 120_000);
