import { describe, expect, test } from 'vitest';
import type { Death } from '../../../src/model/death.ts';
import type { MemoryExhaustion, MemoryRefusal } from '../../../src/model/exhaustion.ts';
import type {
  GradualObservation,
  GradualPressure,
} from '../../../src/scenarios/gradual/gradual-observation.ts';
import { gradualLimits } from '../../../src/scenarios/gradual/gradual-limits.ts';
import { judgeGradual } from '../../../src/scenarios/gradual/judge-gradual.ts';
import { defaultsOf } from '../defaults-of.ts';
import { codesOf, MIB, observedSandbox, sandboxWithout } from '../observed.ts';

const LIMIT = 100 * MIB;
const limits = defaultsOf(gradualLimits);

const refusalAt = (share: number, by: MemoryRefusal['by'] = 'guard'): MemoryRefusal => ({
  atMs: 90,
  worker: 0,
  by,
  usageBytes: share * LIMIT,
  wantedBytes: 1e7,
  ...(by === 'kernel' ? { error: 'ENOMEM' } : {}),
});

function aRun(change: Partial<MemoryExhaustion> = {}): MemoryExhaustion {
  return {
    outcome: 'protected',
    limitBytes: LIMIT,
    declaredBytes: LIMIT,
    baselineBytes: 8 * MIB,
    targetBytes: 1e9,
    reachedBytes: 80 * MIB,
    reached: false,
    fillMs: 100,
    peakBytes: 80 * MIB,
    highestSampleBytes: 80 * MIB,
    workers: [
      {
        worker: 0,
        pid: 7,
        askedBytes: 1e9,
        reachedBytes: 72 * MIB,
        barrierBytes: 72 * MIB,
        held: true,
        fillMs: 100,
        steps: 9,
        refusals: 1,
      },
    ],
    fairness: 1,
    refusals: [refusalAt(0.78)],
    deaths: [],
    killsBefore: 0,
    killsAfter: 0,
    curve: [
      [0, 8 * MIB],
      [90, 80 * MIB],
    ],
    leftBytes: 8 * MIB,
    releaseMs: 5,
    measuredBy: 'cgroup-files',
    ...change,
  };
}

const death: Death = { by: 'own-limit', certainty: 'certain', witnesses: ['one', 'two'] };
const recovered = {
  backAfterMs: 5,
  patienceMs: 5000,
  residueBytes: 0,
  residueFiles: 0,
  residueDescriptors: 0,
  residueProcesses: 0,
};

function observed(change: Partial<GradualPressure> = {}): GradualObservation {
  return {
    sandbox: observedSandbox(),
    pressure: {
      guarded: aRun(),
      recovery: recovered,
      control: { run: aRun({ outcome: 'killed', refusals: [], peakBytes: LIMIT }), deaths: [death] },
      controlRecovery: recovered,
      neighbour: { alive: true, ticks: 100, longestStallMs: 3, usualStallMs: 1, refusedAllocations: 0 },
      keeperAlive: true,
      engine: { answered: true, ms: 20 },
      ...change,
    },
  };
}

const judge = (change: Partial<GradualPressure>) => judgeGradual(observed(change), limits);

test('a guard that stops it, memory that is back, a control that its limit ends: nothing to say', () => {
  expect(judge({})).toEqual({ findings: [], inconclusive: [] });
});

test('without a limit in force nothing else is judged', () => {
  const judgement = judgeGradual({ sandbox: sandboxWithout('memoryBytes'), pressure: null }, limits);
  expect(codesOf(judgement)).toEqual(['LIM000']);
});

describe('the guard', () => {
  test.each([
    ['refuses at 50 % exactly', { refusals: [refusalAt(0.5)] }, []],
    ['refuses just below', { refusals: [refusalAt(0.4999)] }, ['MEM022']],
    ['refuses at the limit', { refusals: [refusalAt(1)], peakBytes: LIMIT }, []],
    ['lets the peak over the limit', { peakBytes: LIMIT + 1 }, ['MEM020']],
    ['lets it be killed', { outcome: 'killed' as const, refusals: [] }, ['MEM020']],
    ['never refuses', { outcome: 'held' as const, refusals: [] }, ['MEM020']],
    [
      'lets the kernel refuse',
      { outcome: 'refused' as const, refusals: [refusalAt(0.7, 'kernel')] },
      ['MEM021'],
    ],
    [
      'has no pressure to stop',
      { outcome: 'held' as const, refusals: [], highestSampleBytes: 20 * MIB },
      ['MEM023'],
    ],
  ])('%s', (_, change, codes) => {
    expect(codesOf(judge({ guarded: aRun(change), control: null, controlRecovery: null }))).toEqual(codes);
  });

  test('the lowest and highest level can be changed', () => {
    const guarded = aRun({ refusals: [refusalAt(0.96)] });
    expect(codesOf(judgeGradual(observed({ guarded }), { ...limits, maxEngage: 95 }))).toEqual(['MEM020']);
  });

  test('a machine that is too slow decides nothing; one that stands still hangs', () => {
    const slow = aRun({
      outcome: 'timeout',
      fillMs: 1000,
      curve: [
        [0, 1],
        [400, 2],
        [800, 3],
        [1001, 4],
      ],
    });
    const judgement = judge({ guarded: slow, control: null });
    expect(codesOf(judgement)).toEqual([]);
    expect(judgement.inconclusive).toHaveLength(1);
    const still = aRun({
      outcome: 'timeout',
      fillMs: 1000,
      curve: [
        [0, 1],
        [400, 2],
        [900, 2],
      ],
    });
    expect(codesOf(judge({ guarded: still, control: null }))).toEqual(['MEM027']);
  });
});

describe('the control', () => {
  const control = (change: Partial<MemoryExhaustion>, deaths: readonly Death[] = []) =>
    judge({ control: { run: aRun({ outcome: 'killed', refusals: [], ...change }), deaths } });

  test.each([
    ['ended by its limit', {}, [death], []],
    ['refused by the kernel', { outcome: 'refused' as const }, [], []],
    ['never stopped', { outcome: 'held' as const }, [], ['MEM025']],
    ['stopped by a guard', { outcome: 'protected' as const }, [], ['MEM025']],
    ['over the limit before it died', { peakBytes: LIMIT + 1 }, [death], ['MEM025']],
    [
      'ended by a limit around',
      {},
      [{ ...death, by: 'ancestor-limit' as const, limitFolder: '/ci.slice' }],
      ['MEM025'],
    ],
    ['ended by a signal', {}, [{ ...death, by: 'signal' as const }], ['MEM025']],
  ])('%s', (_, change, deaths, codes) => {
    const judgement = control(change, deaths);
    expect(codesOf(judgement)).toEqual(codes);
    expect(judgement.inconclusive).toEqual([]);
  });

  test('a death with one witness is no proof', () => {
    expect(control({}, [{ ...death, certainty: 'likely' }]).inconclusive).toHaveLength(1);
    expect(control({}, [{ by: 'unknown', certainty: 'unknown', witnesses: [] }]).inconclusive).toHaveLength(
      1,
    );
    expect(control({ outcome: 'timeout' }).inconclusive).toHaveLength(1);
  });
});

describe('what comes back', () => {
  test.each([
    ['20 MB left, at the last moment', { residueBytes: 20_000_000, backAfterMs: 5000 }, []],
    ['one byte more', { residueBytes: 20_000_001 }, ['MEM024']],
    ['too late', { backAfterMs: 5001 }, ['MEM024']],
  ])('%s', (_, change, codes) => {
    expect(codesOf(judge({ recovery: { ...recovered, ...change } }))).toEqual(codes);
    expect(codesOf(judge({ controlRecovery: { ...recovered, ...change } }))).toEqual(codes);
  });

  test('never', () => {
    const { backAfterMs: _, ...never } = { ...recovered, residueBytes: 5e7 };
    expect(codesOf(judge({ recovery: never }))).toEqual(['MEM024']);
  });
});

describe('neighbours', () => {
  const well = { alive: true, ticks: 100, longestStallMs: 3, usualStallMs: 1, refusedAllocations: 0 };
  test.each([
    ['outside, gone', { neighbour: { ...well, alive: false } }, ['MEM026']],
    ['outside, refused memory', { neighbour: { ...well, refusedAllocations: 1 } }, ['MEM026']],
    ['outside, at the longest stall', { neighbour: { ...well, longestStallMs: 2000 } }, []],
    [
      'outside, over it: told, and nothing more',
      { neighbour: { ...well, longestStallMs: 2001 } },
      ['MEM026 (warning)'],
    ],
    ['inside, the first process gone', { keeperAlive: false }, ['MEM026']],
    ['the engine does not answer', { engine: { answered: false, ms: 5000 } }, ['MEM026']],
    ['no engine', { engine: null }, []],
  ])('%s', (_, change, codes) => {
    expect(codesOf(judge(change))).toEqual(codes);
  });
});
