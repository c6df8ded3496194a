import { describe, expect, it } from 'vitest';
import { judgeMemoryGrowth } from '../../../src/scenarios/memory-growth/judge-memory-growth.ts';
import { memoryGrowthLimits } from '../../../src/scenarios/memory-growth/memory-growth-limits.ts';
import type { MemoryGrowthObservation } from '../../../src/scenarios/memory-growth/memory-growth-observation.ts';
import type { ObservedCollection } from '../../../src/scenarios/collect/observed-collection.ts';
import { anObservation } from '../collect/an-observation.ts';
import { leaving, MB, repeated, round } from '../collection-leak/an-observation.ts';
import { defaultsOf } from '../defaults-of.ts';

const limits = defaultsOf(memoryGrowthLimits);
const SIZES = [1, 1, 100, 100, 200, 200, 500, 1000];

/** One collection of so many files with that peak. */
function collected(
  files: number,
  bytes: number,
  change: Partial<ObservedCollection> = {},
): MemoryGrowthObservation['collections'][number] {
  const tests = 2 * files;
  return {
    files,
    observed: anObservation({
      expected: { files, tests },
      found: { files, tests, deselected: 0 },
      peak: { bytes, source: 'cgroup-v2' },
      ...change,
    }),
  };
}

const observation = (
  peak: (files: number) => number,
  change: Partial<MemoryGrowthObservation> = {},
): MemoryGrowthObservation => ({
  collections: SIZES.map((files) => collected(files, peak(files))),
  batchTests: 1000,
  batches: repeated({ heavy: null }),
  ...change,
});

const judge = (observed: MemoryGrowthObservation) => judgeMemoryGrowth(observed, limits);
const codes = (observed: MemoryGrowthObservation) => judge(observed).findings.map(({ code }) => code);
const usual = (files: number): number => 40 * MB + 35_000 * files;

describe('judgeMemoryGrowth', () => {
  it('finds nothing in what pytest takes', () => {
    expect(judge(observation(usual))).toEqual({ findings: [] });
  });

  it.each([
    [499_999, []],
    [500_000, ['COL021']],
  ])('takes %i bytes for each file for what they are', (bytes, expected) => {
    // So much that is there anyway that the whole does not grow in proportion.
    expect(codes(observation((files) => 300 * MB + bytes * files))).toEqual(expected);
  });

  it('cannot tell where the interval contains the limit', () => {
    const noisy = [0, 30, 0, 60, 0, 90, 300, 450];
    const collections = SIZES.map((files, i) => collected(files, 40 * MB + (noisy[i] ?? 0) * MB));
    const { findings, inconclusive } = judge(observation(usual, { collections }));
    expect(findings).toEqual([]);
    expect(inconclusive?.[0]).toContain('the interval contains the limit of 500 kB');
  });

  it('sees growth with the square, and tells what is there anyway', () => {
    const [finding] = judge(observation((files) => 40 * MB + 60 * files ** 2)).findings;
    expect(finding).toMatchObject({
      code: 'COL022',
      limit: { name: 'maxFileExponent', value: 1.25, bound: 'most' },
    });
    expect(finding?.message).toMatch(/the power 2.00 .* above 40 MB that are there anyway/);
    expect(finding?.evidence?.[0]).toContain('1,000 files 100 MB');
  });

  it('sees a whole that grows in proportion though what files add is linear', () => {
    const strict = { ...limits, maxExponent: 0.2, maxPerFile: 1e9 };
    const { findings } = judgeMemoryGrowth(
      observation((files) => 1 * MB + 450_000 * files),
      strict,
    );
    expect(findings).toMatchObject([{ code: 'COL022', limit: { name: 'maxExponent', value: 0.2 } }]);
  });

  it('cannot tell an exponent whose interval contains the limit', () => {
    const strict = { ...limits, maxExponent: 0.15 };
    expect(judgeMemoryGrowth(observation(usual), strict).inconclusive?.[0]).toContain(
      'the interval contains the limit of 0.15',
    );
  });

  it('says nothing against few small trees that hardly differ', () => {
    const collections = [1, 1, 2, 2, 5, 10].map((files) => collected(files, usual(files)));
    expect(judge(observation(usual, { collections }))).toEqual({ findings: [] });
  });

  it.each([
    [499_999, []],
    [500_000, ['COL023']],
  ])('takes %i bytes that each batch leaves behind for what they are', (bytes, expected) => {
    const batches = repeated({ heavy: null, rounds: leaving(bytes) });
    expect(codes(observation(usual, { batches }))).toEqual(expected);
  });

  it('cannot tell kept pages from a leak without malloc_trim', () => {
    const batches = repeated({ heavy: null, rounds: leaving(MB), trimmed: false });
    const { findings, inconclusive } = judge(observation(usual, { batches }));
    expect(findings).toEqual([]);
    expect(inconclusive?.[0]).toContain('no malloc_trim');
  });

  it('reports batches that cannot be repeated', () => {
    const batches = repeated({ heavy: null, rounds: [round(MB), round(MB, { tests: 3 })] });
    expect(judge(observation(usual, { batches })).findings).toMatchObject([
      {
        code: 'COL020',
        message:
          'The same files could not be collected again and again in one process: collection 2 found 3 tests instead of 1000',
      },
    ]);
  });

  it('judges no memory where a collection failed or lost tests', () => {
    const lost = collected(100, 50 * MB, { found: { files: 99, tests: 198, deselected: 0 } });
    const broken = { collections: [lost], batches: null, batchTests: 0 };
    expect(codes(observation(usual, broken))).toEqual(['COL004']);
    const vanished = { kind: 'vanished', exitCode: 0, at: { phase: 'collect', atMs: 1 } } as const;
    const ended = collected(100, 500 * MB, { outcome: vanished, found: null });
    expect(codes(observation(usual, { ...broken, collections: [ended] }))).toEqual(['COL007']);
  });

  it('says so where no peak can be measured', () => {
    const collections = SIZES.map((files) => collected(files, 0, { peak: { bytes: 0, source: 'none' } }));
    expect(judge(observation(usual, { collections })).inconclusive).toEqual([
      'The peak of memory could not be measured here.',
    ]);
  });
});
