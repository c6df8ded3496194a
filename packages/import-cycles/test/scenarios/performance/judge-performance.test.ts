import { describe, expect, it } from 'vitest';
import { judgePerformance } from '../../../src/scenarios/performance/judge-performance.ts';
import { performanceLimits } from '../../../src/scenarios/performance/performance-limits.ts';
import type {
  PerformanceObservation,
  TimedImport,
} from '../../../src/scenarios/performance/performance-observation.ts';
import { defaultsOf } from '../environment-of.ts';

const limits = defaultsOf(performanceLimits);

const timed = (change: Partial<TimedImport> = {}): TimedImport => ({
  cpuMs: 2,
  wallMs: 2,
  peakBytes: 14_000_000,
  executed: 4,
  cached: 4,
  error: null,
  ...change,
});

const observed = (
  circular: readonly TimedImport[],
  clean: readonly TimedImport[],
): PerformanceObservation => ({
  circular,
  clean,
  bodies: [
    { module: 'anchor', cpuMs: 0.5, wallMs: 0.5 },
    { module: 'derrick', cpuMs: 9, wallMs: 100 },
  ],
  seed: 1,
});

const of = (count: number, change: (i: number) => Partial<TimedImport> = () => ({})): TimedImport[] =>
  Array.from({ length: count }, (_, i) => timed(change(i)));

const codesOf = (observation: PerformanceObservation) =>
  judgePerformance(observation, limits).findings.map((finding) => finding.code);

describe('judgePerformance', () => {
  it('finds nothing where both sides are alike', () => {
    expect(judgePerformance(observed(of(15), of(15)), limits)).toEqual({ findings: [] });
  });

  it.each([
    [4.99, []],
    [5, ['IMP031']],
    [5.01, ['IMP031']],
  ])('takes a ratio of exactly %d without noise for what it is', (ratio, codes) => {
    const slow = of(15, () => ({ cpuMs: 2 * ratio, wallMs: 2 * ratio }));
    expect(codesOf(observed(slow, of(15)))).toEqual(codes);
  });

  it('sees a module that only waits, and says so', () => {
    const slow = of(15, () => ({ wallMs: 102 }));
    const [finding] = judgePerformance(observed(slow, of(15)), limits).findings;
    expect(finding).toMatchObject({
      code: 'IMP031',
      severity: 'error',
      limit: { name: 'maxSlowdown', value: 5, bound: 'most' },
      cause: { text: 'the body of derrick alone waits for 100.0 ms', certainty: 'certain' },
    });
    expect(finding?.message).toContain('elapsed time');
  });

  it('names the module that computes', () => {
    const slow = of(15, () => ({ cpuMs: 20, wallMs: 20 }));
    const [finding] = judgePerformance(observed(slow, of(15)), limits).findings;
    expect(finding?.message).toContain('10.00 (95 % interval 10.00-10.00) times the processor time');
    expect(finding?.cause?.text).toBe('the body of derrick alone computes for 9.0 ms');
    expect(finding?.fix?.location).toEqual({ path: 'derrick.py' });
  });

  it('cannot tell where the interval contains the limit', () => {
    const noisy = of(15, (i) => ({ cpuMs: i % 2 === 0 ? 4 : 30 }));
    const { findings, inconclusive } = judgePerformance(observed(noisy, of(15)), limits);
    expect(findings).toEqual([]);
    expect(inconclusive).toHaveLength(1);
    expect(inconclusive?.[0]).toMatch(/processor time .* from 15 pairs contains the limit of 5/);
  });

  it('cannot tell anything from a handful of pairs', () => {
    const slow = of(5, () => ({ cpuMs: 200, wallMs: 200 }));
    expect(judgePerformance(observed(slow, of(5)), limits)).toEqual({
      findings: [],
      inconclusive: ['Only 5 pairs could be timed in time, 6 are needed'],
    });
  });

  it('judges no times where imports failed', () => {
    const failed = of(15, () => ({
      cpuMs: 200,
      error: { type: 'ImportError', message: 'cannot import name x' },
    }));
    const { findings } = judgePerformance(observed(failed, of(15)), limits);
    expect(findings).toMatchObject([
      { code: 'IMP032', measured: { value: 15 }, evidence: ['ImportError: cannot import name x'] },
    ]);
  });

  it('lets as many imports fail as is allowed', () => {
    const failed = of(15, (i) => (i === 0 ? { error: { type: 'OSError', message: 'x' } } : {}));
    expect(judgePerformance(observed(failed, of(15)), { ...limits, maxFailures: 1 }).findings).toEqual([]);
    expect(codesOf(observed(failed, of(15)))).toEqual(['IMP032']);
  });

  it.each([
    [19_999_999, []],
    [20_000_000, ['IMP033']],
  ])('takes %i bytes more for what they are', (extra, codes) => {
    expect(
      codesOf(
        observed(
          of(15, () => ({ peakBytes: 14_000_000 + extra })),
          of(15),
        ),
      ),
    ).toEqual(codes);
  });
});
