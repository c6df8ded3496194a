import { expect, test } from 'vitest';
import type { GaugeReading } from '../../src/model/gauge.ts';
import { measureRecovery } from '../../src/recovery/measure-recovery.ts';

const MIB = 2 ** 20;

function reading(usageBytes: number, more: Partial<GaugeReading> = {}, reclaimableBytes = 0): GaugeReading {
  return {
    at: 0n,
    memory: { usageBytes, anonymousBytes: usageBytes, sharedBytes: 0, reclaimableBytes },
    ...more,
  };
}

/** A sandbox of 256 MiB whose gauge tells these, then the last one again and again. */
function sandboxThatReads(...readings: readonly GaugeReading[]): Parameters<typeof measureRecovery>[0] {
  let next = 0;
  const limits = { memoryBytes: 256 * MIB, cpus: 1, pids: 1, descriptors: 1, diskBytes: 1 };
  return {
    declared: limits,
    effective: limits,
    gauge: {
      source: 'cgroup-files',
      read: async () => readings[Math.min(next++, readings.length - 1)] as GaugeReading,
    },
  };
}

test('it is back as soon as it is within the tolerance, and what is over the baseline is residue', async () => {
  const baseline = reading(10 * MIB);
  const back = reading(12 * MIB);
  const recovery = await measureRecovery(
    sandboxThatReads(reading(200 * MIB), reading(12 * MIB + 1), back),
    baseline,
    { toleranceBytes: 2 * MIB },
  );
  expect(recovery).toMatchObject({ residueBytes: 2 * MIB, residueFiles: 0, patienceMs: 5_000 });
  expect(recovery.backAfterMs).toBeGreaterThan(0);
});

test('2 % of the limit are tolerated by default', async () => {
  const share = Math.round(256 * MIB * 0.02);
  const within = await measureRecovery(sandboxThatReads(reading(share)), reading(0), { patienceMs: 0 });
  expect(within.backAfterMs).toBeGreaterThanOrEqual(0);
  const over = await measureRecovery(sandboxThatReads(reading(share + 1)), reading(0), { patienceMs: 0 });
  expect(over.backAfterMs).toBeUndefined();
  expect(over.residueBytes).toBe(share + 1);
});

test('page cache is no residue', async () => {
  const recovery = await measureRecovery(
    sandboxThatReads(reading(100 * MIB, {}, 99 * MIB)),
    reading(1 * MIB),
    { patienceMs: 0 },
  );
  expect(recovery).toMatchObject({ residueBytes: 0 });
  expect(recovery.backAfterMs).toBeDefined();
});

test('files, descriptors and processes that stay are counted, those that went are not', async () => {
  const disk = (files: number): GaugeReading['disk'] & {} => ({ sizeBytes: 9, freeBytes: 9, files });
  const baseline = reading(0, { descriptors: new Map([[1, 10]]), disk: disk(1) });
  const now = reading(0, {
    descriptors: new Map([
      [1, 12],
      [7, 4],
    ]),
    disk: disk(4),
  });
  expect(await measureRecovery(sandboxThatReads(now), baseline)).toMatchObject({
    residueFiles: 3,
    residueDescriptors: 6,
    residueProcesses: 1,
  });
  expect(await measureRecovery(sandboxThatReads(baseline), now)).toMatchObject({
    residueFiles: 0,
    residueDescriptors: 0,
    residueProcesses: 0,
  });
});

test('a sandbox whose memory cannot be told any more has not come back', async () => {
  const failed = { name: 'FiguresGone' };
  await expect(measureRecovery(sandboxThatReads({ at: 1n }), reading(5 * MIB))).rejects.toMatchObject(failed);
  await expect(measureRecovery(sandboxThatReads(reading(0)), { at: 1n })).rejects.toMatchObject(failed);
});

test('whoever waits for it may stop', async () => {
  const waiting = measureRecovery(sandboxThatReads(reading(MIB * 100)), reading(0), {
    patienceMs: 60_000,
    signal: AbortSignal.timeout(20),
  });
  await expect(waiting).rejects.toThrow(/aborted/);
});
