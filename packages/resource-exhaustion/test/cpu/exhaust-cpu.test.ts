import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exhaustCpu, figuresOf } from '../../src/cpu/exhaust-cpu.ts';
import type { CpuPlan } from '../../src/cpu/cpu-plan.ts';
import { openTestSandbox, SMALL, type OpenedSandbox } from '../sandboxes.ts';

const { signal } = new AbortController();

describe('figures', () => {
  const plan: CpuPlan = { quota: 0.25, targetCores: 0.175, isSaturating: false, workers: 1 };
  const reading = (at: number, usedMs: number, periods = 0, throttledPeriods = 0) => ({
    at,
    usedMs,
    periods,
    throttledPeriods,
    throttledMs: throttledPeriods * 10,
  });

  test('are those between the first and the last reading', () => {
    const figures = figuresOf([reading(1000, 50), reading(1500, 150), reading(2000, 200, 10, 4)], plan);
    expect(figures).toMatchObject({
      durationMs: 1000,
      usageMs: 150,
      meanShare: 0.6,
      periods: 10,
      throttledPeriods: 4,
    });
    expect(figures.curve).toEqual([
      [500, 0.8],
      [1000, 0.4],
    ]);
    expect([figures.lowestShare, figures.highestShare]).toEqual([0.4, 0.8]);
  });

  test('say that others had the core: below the target by more than 2 points, and the quota did not stop it', () => {
    const at = (usedMs: number, throttled: number) =>
      figuresOf([reading(0, 0), reading(1000, usedMs, 10, throttled)], plan).contended;
    expect(at(175, 0)).toBe(false);
    expect(at(170.1, 0)).toBe(false); // 68.04 %
    expect(at(169.9, 0)).toBe(true); // 67.96 %
    expect(at(100, 4)).toBe(true);
    expect(at(100, 5)).toBe(false);
  });
});

describe('in a sandbox', () => {
  let opened: OpenedSandbox;
  beforeAll(async () => {
    opened = await openTestSandbox({ request: { ...SMALL, cpus: 0.2 } });
  });
  afterAll(() => opened[Symbol.asyncDispose]());

  test('a share of the quota is kept, or others had the core and it says so', async () => {
    const run = await exhaustCpu(opened.sandbox, { share: 0.7, durationMs: 2000, afterMs: 200, signal });
    expect(run).toMatchObject({
      outcome: 'held',
      quotaCores: 0.2,
      targetShare: 0.7,
      measuredBy: 'cgroup-files',
    });
    if (!run.contended) expect(Math.abs(run.meanShare - 0.7)).toBeLessThan(0.05);
    expect(run.shareAfter).toBeLessThan(0.3);
    expect(run.curve.length).toBeGreaterThanOrEqual(3);
  });

  test('all of it is what the quota stops', async () => {
    const run = await exhaustCpu(opened.sandbox, { share: 1, durationMs: 1500, afterMs: 200, signal });
    expect(run.meanShare).toBeLessThan(1.1);
    if (!run.contended) expect(run.throttledPeriods).toBeGreaterThan(0);
  });

  test('a duty by the wall clock asks for cores as if there were no quota', async () => {
    const run = await exhaustCpu(opened.sandbox, {
      share: 0.7,
      durationMs: 1500,
      afterMs: 0,
      signal,
      fault: 'open-loop',
    });
    if (!run.contended) expect(run.meanShare).toBeGreaterThan(0.8);
  });

  test('one that goes on is seen afterwards', async () => {
    const run = await exhaustCpu(opened.sandbox, {
      share: 0.9,
      durationMs: 600,
      afterMs: 600,
      signal,
      fault: 'go-on',
    });
    expect(run.shareAfter).toBeGreaterThan(0.2);
    expect(await opened.sandbox.keeper.inside.processes()).toHaveLength(1);
  });
});
