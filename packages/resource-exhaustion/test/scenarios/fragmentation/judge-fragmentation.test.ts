import { describe, expect, test } from 'vitest';
import type { SplitMemory } from '../../../src/memory-split/split-memory.ts';
import type { ChurnFigures } from '../../../src/model/exhaustion.ts';
import { fragmentationLimits } from '../../../src/scenarios/fragmentation/fragmentation-limits.ts';
import type { Churned } from '../../../src/scenarios/fragmentation/fragmentation-observation.ts';
import { judgeFragmentation } from '../../../src/scenarios/fragmentation/judge-fragmentation.ts';
import { defaultsOf } from '../defaults-of.ts';
import { codesOf, observedSandbox, sandboxWithout } from '../observed.ts';

const BYTES = 128_000_000;
/** 50 MB for 256 MB of blocks. */
const MOST = 25_000_000;
const BASE = 20_000_000;
const limits = defaultsOf(fragmentationLimits);

const figures: ChurnFigures = {
  cycles: 3,
  allocations: 2_000_000,
  liveBytes: BYTES,
  rssBefore: 12_000_000,
  rssPeakFirst: 140_000_000,
  rssPeakLast: 141_000_000,
  rssPeakHighest: 141_000_000,
  rssFreed: 80_000_000,
  rssTrimmed: 13_000_000,
  pinnedBytes: 0,
  pinnedBlocks: 0,
  trimmed: 1,
  slowestCycleUs: 300_000,
};

const outside = { baselineBytes: BASE, highestBytes: BASE + BYTES, afterwardsBytes: BASE, curve: [] };
const memory: SplitMemory = {
  outcome: 'done',
  split: { liveBytes: 129e6, retainedBytes: 67e6, leakedBytes: 1e6 },
  figures,
  outside,
  ms: 800,
};

function judge(change: Partial<Churned>) {
  const churned: Churned = {
    bytes: BYTES,
    memory,
    stoppedAfterMs: null,
    piece: { bytes: BYTES / 2, outcome: 'done', error: null },
    answer: { ms: 4, answered: true, failed: [] },
    ...change,
  };
  return judgeFragmentation({ sandbox: observedSandbox(), churned }, limits);
}

test('what comes back, and can be used again, is nothing to speak of', () => {
  expect(judge({})).toEqual({ findings: [], inconclusive: [] });
});

test('without a limit in force nothing else is judged', () => {
  expect(
    codesOf(judgeFragmentation({ sandbox: sandboxWithout('memoryBytes'), churned: null }, limits)),
  ).toEqual(['LIM000']);
});

describe('what is left', () => {
  const left = (bytes: number, split = memory.split!) =>
    codesOf(judge({ memory: { ...memory, split, outside: { ...outside, afterwardsBytes: BASE + bytes } } }));
  const untrimmed = { liveBytes: 129e6, retainedBytes: 30e6 };

  test('as much as may be, and one byte more', () => {
    expect(left(MOST)).toEqual([]);
    expect(left(MOST + 1)).toEqual(['MEM031']);
  });

  test('without a trim it is the allocator that keeps it', () => {
    expect(left(MOST, untrimmed)).toEqual([]);
    expect(left(MOST + 1, untrimmed)).toEqual(['MEM032']);
  });

  test('less than before is nothing', () => {
    expect(left(-5_000_000)).toEqual([]);
  });
});

test('heights that grow', () => {
  const last = (ratio: number) =>
    codesOf(
      judge({ memory: { ...memory, figures: { ...figures, rssPeakLast: figures.rssPeakFirst * ratio } } }),
    );
  expect(last(1.1)).toEqual([]);
  expect(last(1.11)).toEqual(['MEM033']);
});

test.each([
  ['refused', 'MemoryError'],
  ['died', undefined],
] as const)('a process that is %s in the middle of it', (outcome, error) => {
  const broken: SplitMemory = { outcome, ...(error === undefined ? {} : { error }), outside, ms: 100 };
  expect(codesOf(judge({ memory: broken, piece: null, answer: null }))).toEqual(['MEM030']);
});

test.each(['refused', 'died'] as const)('a piece of half of it: %s', (outcome) => {
  expect(codesOf(judge({ piece: { bytes: BYTES / 2, outcome, error: null } }))).toEqual(['MEM034']);
});

describe('everyday things afterwards', () => {
  test.each([
    ['in time', { ms: 2000, answered: true, failed: [] }, []],
    ['too late', { ms: 2001, answered: true, failed: [] }, ['MEM035']],
    ['that fail', { ms: 4, answered: true, failed: ['start a program'] }, ['MEM035']],
    ['never', { ms: 2500, answered: false, failed: [] }, ['MEM035']],
  ])('%s', (_, answer, codes) => {
    expect(codesOf(judge({ answer }))).toEqual(codes);
  });
});

describe('tells nothing', () => {
  test('where the time was over', () => {
    const judgement = judge({ stoppedAfterMs: 20_000, memory: { ...memory, outcome: 'died' } });
    expect([codesOf(judgement), judgement.inconclusive?.length]).toEqual([[], 1]);
  });

  test('where the blocks were not seen from outside', () => {
    const seen = (share: number) =>
      judge({ memory: { ...memory, outside: { ...outside, highestBytes: BASE + share * BYTES } } });
    expect(seen(0.8).inconclusive).toEqual([]);
    expect(seen(0.79).inconclusive).toHaveLength(1);
  });
});
