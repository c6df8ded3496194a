import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exhaustCpu, figuresOf } from '../../src/cpu/exhaust-cpu.ts';
import type { CpuPlan } from '../../src/cpu/cpu-plan.ts';
import { KeptVictim } from '../../src/keeper/kept-victim.ts';
import type { Sandbox } from '../../src/model/sandbox.ts';
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

  test('say that others had the core: 2 points are missing, and the quota did not stop it or it waited for others', () => {
    const at = (usedMs: number, throttled: number, waitedMs?: number) =>
      figuresOf([reading(0, 0), reading(1000, usedMs, 10, throttled)], plan, waitedMs).contended;
    expect(at(175, 0)).toBe(false);
    expect(at(170.1, 0)).toBe(false); // 68.04 %
    expect(at(169.9, 0)).toBe(true); // 67.96 %
    expect(at(100, 4)).toBe(true);
    expect(at(100, 5)).toBe(false);
    expect(at(100, 0, 74)).toBe(false); // 75 ms are missing.
    expect(at(100, 5, 76)).toBe(true);
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
    // The kernel tells how long it waited for others, so that nothing else excuses a deficit.
    expect(run.waitedMs).toBeDefined();
    expect(run.meanShare).toBeLessThan(0.75);
    expect(run.contended || run.meanShare > 0.65).toBe(true);
    expect(run.shareAfter).toBeLessThan(0.3);
    expect(run.curve.length).toBeGreaterThanOrEqual(3);
  });

  test('all of it is what the quota stops', async () => {
    const run = await exhaustCpu(opened.sandbox, { share: 1, durationMs: 1500, afterMs: 200, signal });
    expect(run.meanShare).toBeLessThan(1.1);
    expect(run.contended || run.meanShare > 0.95).toBe(true);
    // All that it did not wait for others: a period that it worked through is one in which it was stopped.
    const worked = run.usageMs + run.waitedMs!;
    expect(run.throttledPeriods! > 0 || run.waitedMs! > worked / 4).toBe(true);
  });

  test('a load that asks for less is no busy machine', async () => {
    const { sandbox } = opened;
    const lazy: Sandbox = {
      ...sandbox,
      keeper: {
        ...sandbox.keeper,
        async startVictim() {
          const victim = await sandbox.keeper.startVictim();
          victim.cpu = (cores) => KeptVictim.prototype.cpu.call(victim, Math.min(cores, 0.04));
          return victim;
        },
      },
    };
    const run = await exhaustCpu(lazy, { share: 0.7, durationMs: 1500, afterMs: 0, signal });
    expect(run.meanShare).toBeLessThan(0.4);
    expect(run.contended).toBe(run.waitedMs! >= (0.7 - run.meanShare) * 0.2 * run.durationMs);
  });

  test('a duty by the wall clock asks for cores as if there were no quota', async () => {
    const run = await exhaustCpu(opened.sandbox, {
      share: 0.7,
      durationMs: 1500,
      afterMs: 0,
      signal,
      fault: 'open-loop',
    });
    // A duty of 70 % of a core, of which the quota gives a fifth: if others did not have it.
    expect(run.meanShare > 0.8 || run.waitedMs! > 30).toBe(true);
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
