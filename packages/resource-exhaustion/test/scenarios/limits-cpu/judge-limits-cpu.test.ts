import { describe, expect, it } from 'vitest';
import type { CpuExhaustion } from '../../../src/model/exhaustion.ts';
import { judgeLimitsCpu } from '../../../src/scenarios/limits-cpu/judge-limits-cpu.ts';
import { limitsCpuLimits } from '../../../src/scenarios/limits-cpu/limits-cpu-limits.ts';
import { defaultsOf } from '../defaults-of.ts';
import { codesOf, observedSandbox, sandboxWithout } from '../observed.ts';

const limits = defaultsOf(limitsCpuLimits);

const run = (share: number, change: Partial<CpuExhaustion> = {}): CpuExhaustion => ({
  outcome: 'held',
  quotaCores: 0.25,
  declaredCores: 0.25,
  targetShare: share,
  meanShare: share,
  durationMs: 1500,
  usageMs: 375 * share,
  victimMs: 375 * share,
  curve: [],
  lowestShare: share,
  highestShare: share,
  periods: 15,
  throttledPeriods: share < 1 ? 0 : 15,
  throttledMs: share < 1 ? 0 : 1000,
  shareAfter: 0.01,
  contended: false,
  measuredBy: 'cgroup-files',
  ...change,
});
const judge = (share: number, change: Partial<CpuExhaustion> = {}) =>
  judgeLimitsCpu({ sandbox: observedSandbox(), levels: [{ share, run: run(share, change) }] }, limits);

describe('judgeLimitsCpu', () => {
  it.each([0.7, 0.9, 1])('finds nothing in a load of %f that is kept', (share) => {
    expect(judge(share)).toEqual({ findings: [], inconclusive: [] });
  });

  it('judges no load under a quota that is not in force', () => {
    expect(codesOf(judgeLimitsCpu({ sandbox: sandboxWithout('cpus'), levels: null }, limits))).toEqual([
      'LIM000',
    ]);
  });

  it.each([
    [0.7199, []],
    [0.7201, ['LIM010']],
    [0.6801, []],
    [0.6799, ['LIM011']],
  ])('allows a mean of %f where 0.7 is meant', (meanShare, expected) => {
    expect(codesOf(judge(0.7, { meanShare, waitedMs: 0 }))).toEqual(expected);
  });

  it('cannot tell where a busy machine gave less, and says with which figures', () => {
    const judgement = judge(0.9, { meanShare: 0.6, contended: true, waitedMs: 800 });
    expect(judgement.findings).toEqual([]);
    expect(judgement.inconclusive).toEqual([
      'The machine was too busy: a load of 90 % of a quota of 0.25 cores got 60 % over 1.5 s, and waited 0.8 s for a core that others had.',
    ]);
  });

  it.each([
    [1, 28, 'LIM011'],
    [1, 30, 'busy'],
    [0.9, 28, 'LIM011'],
    [0.9, 30, 'busy'],
  ])('knows a busy machine by the time that a load of %f waited: %i ms', (share, waitedMs, expected) => {
    // 29 ms are missing.
    const { findings, inconclusive } = judge(share, { meanShare: share - 29 / 375, waitedMs });
    expect(findings[0]?.code ?? (inconclusive?.length === 1 ? 'busy' : 'nothing')).toBe(expected);
  });

  it('takes no deficit for a busy machine where the load did not wait, whatever else was said', () => {
    expect(codesOf(judge(0.7, { meanShare: 0.5, contended: true, waitedMs: 74 }))).toEqual(['LIM011']);
  });

  it.each([
    [true, []],
    [false, ['LIM011']],
  ])(
    'goes by whether the quota stopped it where nobody knows how long it waited: %j',
    (contended, expected) => {
      expect(codesOf(judge(0.7, { meanShare: 0.5, contended }))).toEqual(expected);
    },
  );

  it('blames no busy machine for a load that got all that it asked for', () => {
    expect(codesOf(judge(0.7, { targetShare: 0.35, meanShare: 0.35, waitedMs: 1000 }))).toEqual(['LIM011']);
  });

  it('takes too much for too much on a busy machine as well', () => {
    expect(codesOf(judge(0.7, { meanShare: 0.97, contended: true }))).toEqual(['LIM010']);
  });

  it('demands that the whole quota is throttled', () => {
    expect(codesOf(judge(1, { throttledPeriods: 0 }))).toEqual(['LIM012']);
    expect(codesOf(judge(1, { throttledPeriods: 1 }))).toEqual([]);
    expect(codesOf(judge(0.9, { throttledPeriods: 0 }))).toEqual([]);
  });

  it.each([
    [0.2999, []],
    [0.3, ['LIM013']],
  ])('allows a share of %f afterwards', (shareAfter, expected) => {
    expect(codesOf(judge(1, { shareAfter }))).toEqual(expected);
  });

  it.each([
    [{ outcome: 'killed' as const }, 'could not be kept (killed)'],
    [{ durationMs: 1400 }, 'over 1.4 s only'],
  ])('cannot tell from %j', (change, reason) => {
    const judgement = judge(0.7, change);
    expect(judgement.findings).toEqual([]);
    expect(judgement.inconclusive?.[0]).toContain(reason);
  });
});
