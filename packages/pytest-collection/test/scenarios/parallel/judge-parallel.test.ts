import { describe, expect, it } from 'vitest';
import type { CollectionOutcome } from '../../../src/model/collection-outcome.ts';
import type { ObservedCollection } from '../../../src/scenarios/collect/observed-collection.ts';
import { judgeParallel } from '../../../src/scenarios/parallel/judge-parallel.ts';
import { parallelLimits } from '../../../src/scenarios/parallel/parallel-limits.ts';
import type { ParallelObservation } from '../../../src/scenarios/parallel/parallel-observation.ts';
import { anObservation, AT } from '../collect/an-observation.ts';
import { defaultsOf } from '../defaults-of.ts';

const limits = defaultsOf(parallelLimits);

const run = (change: Partial<ObservedCollection> = {}): ObservedCollection =>
  anObservation({
    expected: { files: 200, tests: 2000 },
    found: { files: 200, tests: 2000, deselected: 0 },
    wallMs: 2_000,
    cpuMs: 1_900,
    waitedForCpuMs: 0,
    ...change,
  });
/** Of four on two cores: each runs half of the time and waits for a processor in the other half. */
const among = (change: Partial<ObservedCollection> = {}): ObservedCollection =>
  run({ wallMs: 4_200, cpuMs: 2_000, waitedForCpuMs: 2_100, ...change });
const failed = (outcome: CollectionOutcome): ObservedCollection => among({ outcome, found: null });
const CRASH = { kind: 'crashed', signal: 'SIGSEGV', at: AT, stacks: [] } as const;
const HANG = { kind: 'timed-out', afterMs: 4_200, at: AT, stacks: [] } as const;

const observation = (change: Partial<ParallelObservation> = {}): ParallelObservation => ({
  cores: 2,
  share: 1,
  alone: [run(), run()],
  together: [among(), among(), among(), among()],
  togetherMs: 4_300,
  allAtOnceMs: 0,
  ...change,
});
const judge = (change: Partial<ParallelObservation> = {}) => judgeParallel(observation(change), limits);
const raised = (change: Partial<ParallelObservation>) =>
  judge(change).findings.map(({ code, severity, limit }) =>
    `${code} ${severity} ${limit?.name ?? ''}`.trim(),
  );
const together = (count: number, other: ObservedCollection): readonly ObservedCollection[] =>
  Array.from({ length: 4 }, (_, i) => (i < count ? other : among()));

describe('judgeParallel', () => {
  it('finds nothing where four on two cores take half of the time', () => {
    expect(judge()).toEqual({ findings: [] });
  });

  it('wants more than half of them to succeed, and says how the others failed', () => {
    expect(raised({ together: together(1, failed(CRASH)) })).toEqual(['COL007 warning']);
    expect(raised({ together: together(2, failed(CRASH)) })).toEqual([
      'COL010 error minSuccess',
      'COL007 warning',
      'COL007 warning',
    ]);
  });

  it('counts one that loses tests as failed', () => {
    const found = { files: 199, tests: 1990, deselected: 0 };
    expect(raised({ together: together(2, among({ found })) })).toEqual([
      'COL010 error minSuccess',
      'COL004 warning',
      'COL004 warning',
    ]);
  });

  it('takes one hang for an error, however many succeed', () => {
    expect(raised({ together: together(1, failed(HANG)), togetherMs: 225_000 })).toEqual(['COL006 error']);
  });

  it.each([
    [149_999, []],
    [150_000, ['COL001 error maxDuration']],
  ])('judges %i ms for all', (togetherMs, expected) => {
    const long = among({ wallMs: 150_000, cpuMs: 75_000, waitedForCpuMs: 0 });
    const alone = run({ wallMs: 100_000, cpuMs: 75_000 });
    expect(
      raised({ alone: [alone], together: [long, long, long, long], togetherMs }).filter((text) =>
        text.startsWith('COL001'),
      ),
    ).toEqual(expected);
  });

  it.each([
    [7_999, 1, []],
    [8_000, 1, ['COL011 error maxSlowdown']],
    [9_999, 0, []],
    [10_000, 0, ['COL011 error maxSlowdown']],
  ])('judges %i ms together against 2 s alone, with %i cores to spare', (togetherMs, spare, expected) => {
    // All of it is processor time of their own, so that nobody else is to blame.
    const busy = among({ wallMs: togetherMs, cpuMs: (togetherMs * (1 + spare)) / 4, waitedForCpuMs: 0 });
    const change = { cores: 1 + spare, together: [busy, busy, busy, busy], togetherMs };
    const judged = judgeParallel(observation(change), { ...limits, maxWaiting: 100, maxCpuInflation: 100 });
    expect(judged.findings.map(({ code, severity, limit }) => `${code} ${severity} ${limit?.name}`)).toEqual(
      expected,
    );
  });

  it.each([
    [17_999, []],
    [18_000, ['COL011 error maxSlowdown']],
  ])(
    'does not hold against them what foreign processes took: %i ms of 20 s are their own',
    (own, expected) => {
      const pushed = among({ wallMs: 20_000, cpuMs: 2_000, waitedForCpuMs: 20_000 - own });
      const change = { alone: [run({ wallMs: 4_500 })], together: [pushed, among(), among(), among()] };
      const judged = judgeParallel(observation({ ...change, togetherMs: 20_000 }), {
        ...limits,
        maxWaiting: 100,
      });
      expect(
        judged.findings.map(({ code, severity, limit }) => `${code} ${severity} ${limit?.name}`),
      ).toEqual(expected);
    },
  );

  it.each([
    [20_000, true],
    [20_001, false],
  ])('cannot tell where they hardly ran at once: 8 s of two cores in %i ms', (togetherMs, tells) => {
    const pushed = among({ wallMs: 20_000, cpuMs: 2_000, waitedForCpuMs: 17_900 });
    const judged = judge({ together: [pushed, pushed, pushed, pushed], togetherMs });
    expect(judged.findings).toEqual([]);
    expect(judged.inconclusive === undefined).toBe(tells);
  });

  it.each([
    [80_000, 40_000, true],
    [80_000, 39_999, false],
    [80_001, 80_001, false],
  ])(
    'can tell where all of them were under way: 8 s of two cores in %i ms',
    (togetherMs, allAtOnceMs, tells) => {
      const pushed = among({ wallMs: togetherMs, cpuMs: 2_000, waitedForCpuMs: togetherMs - 2_100 });
      const judged = judge({ together: [pushed, pushed, pushed, pushed], togetherMs, allAtOnceMs });
      expect(judged.findings).toEqual([]);
      expect(judged.inconclusive === undefined).toBe(tells);
    },
  );

  it('judges by the time measured where the system does not tell who waits', () => {
    const untold = among({ wallMs: 9_000, waitedForCpuMs: null });
    const change = { together: [untold, untold, untold, untold], togetherMs: 9_000 };
    expect(raised(change)).toEqual(['COL011 error maxSlowdown']);
  });

  it.each([
    [999, []],
    [1_000, ['COL011 error maxWaiting']],
  ])('notices that they stand still for %i ms more than alone', (stillMs, expected) => {
    const waiting = among({ wallMs: 2_000 + 100 + stillMs, cpuMs: 2_000, waitedForCpuMs: 0 });
    expect(raised({ together: [waiting, waiting, waiting, waiting], togetherMs: 4_300 })).toEqual(expected);
  });

  it.each([
    [4_749, []],
    [4_750, ['COL011 error maxCpuInflation']],
  ])('judges %i ms of processor time against 1900 alone', (cpuMs, expected) => {
    const eager = among({ wallMs: 4_800, cpuMs, waitedForCpuMs: 0 });
    expect(raised({ cores: 4, together: [eager, eager, eager, eager], togetherMs: 4_800 })).toEqual(expected);
  });

  it('says so where the tree cannot even be collected alone', () => {
    const broken = run({ outcome: CRASH, found: null });
    expect(raised({ alone: [broken], together: together(4, failed(CRASH)) })).toEqual(['COL007 error']);
  });
});
