import { describe, expect, test } from 'vitest';
import type { MemoryExhaustion, MemoryWorker } from '../../../src/model/exhaustion.ts';
import { judgeWorkers } from '../../../src/scenarios/workers/judge-workers.ts';
import { workersLimits } from '../../../src/scenarios/workers/workers-limits.ts';
import type { Crowd } from '../../../src/scenarios/workers/workers-observation.ts';
import { defaultsOf } from '../defaults-of.ts';
import { codesOf, MIB, observedSandbox, sandboxWithout } from '../observed.ts';

const LIMIT = 100 * MIB;
const EACH = 10_000_000;
const BASE = 20 * MIB;
const limits = defaultsOf(workersLimits);
const recovered = {
  backAfterMs: 5,
  patienceMs: 3000,
  residueBytes: 0,
  residueFiles: 0,
  residueDescriptors: 0,
  residueProcesses: 0,
};

const aWorker = (worker: number, change: Partial<MemoryWorker> = {}): MemoryWorker => ({
  worker,
  pid: 7 + worker,
  askedBytes: EACH,
  reachedBytes: EACH,
  barrierBytes: EACH,
  held: true,
  fillMs: 40,
  steps: 2,
  refusals: 0,
  ...change,
});

const lost = { held: false, barrierBytes: 0, ending: { code: null, signal: 'SIGKILL' } };

/** `failing` of the workers did not come to the barrier. */
function aRun(count: number, failing = 0, change: Partial<MemoryExhaustion> = {}): MemoryExhaustion {
  const heldBytes = BASE + (count - failing) * EACH;
  return {
    outcome: 'held',
    limitBytes: LIMIT,
    declaredBytes: LIMIT,
    baselineBytes: BASE,
    targetBytes: BASE + count * EACH,
    reachedBytes: heldBytes,
    reached: true,
    fillMs: 100,
    held: { ms: 200, samples: 5, min: heldBytes, mean: heldBytes, max: heldBytes },
    peakBytes: heldBytes,
    highestSampleBytes: heldBytes,
    workers: Array.from({ length: count }, (_, at) => aWorker(at, at < failing ? lost : {})),
    fairness: 1,
    refusals: [],
    deaths: [],
    killsBefore: 0,
    killsAfter: 0,
    curve: [],
    leftBytes: BASE,
    releaseMs: 5,
    measuredBy: 'cgroup-files',
    ...change,
  };
}

const aDeath = {
  atMs: 5,
  worker: 0,
  pid: 7,
  heldBytes: EACH,
  ending: { code: null, signal: 'SIGKILL' },
};

const refused: MemoryExhaustion['refusals'] = [
  { atMs: 5, worker: 0, by: 'guard', usageBytes: 80 * MIB, wantedBytes: 5e6 },
];

type Round = Crowd['rounds'][number];

const aRound = (workers: number, run = aRun(workers), recovery = recovered): Round => ({
  workers,
  run,
  recovery,
});

function judge(change: Partial<Crowd>) {
  const crowd: Crowd = {
    perWorkerBytes: EACH,
    rounds: [1, 2, 4].map((count) => aRound(count)),
    over: aRun(4, 0, { outcome: 'protected', refusals: refused }),
    ...change,
  };
  return judgeWorkers({ sandbox: observedSandbox(), crowd }, limits);
}

test('all come, hold, leave nothing, and are refused together: nothing to say', () => {
  expect(judge({})).toEqual({ findings: [], inconclusive: [] });
});

test('without a limit in force nothing else is judged', () => {
  expect(codesOf(judgeWorkers({ sandbox: sandboxWithout('memoryBytes'), crowd: null }, limits))).toEqual([
    'LIM000',
  ]);
});

describe('those who come to the barrier', () => {
  const succeeding = (count: number, failing: number, change: Partial<MemoryExhaustion> = {}) =>
    codesOf(
      judgeWorkers(
        {
          sandbox: observedSandbox(),
          crowd: { perWorkerBytes: EACH, rounds: [aRound(count, aRun(count, failing, change))], over: null },
        },
        { ...limits, minScaling: 10 },
      ),
    );

  test('half of them are enough, fewer are not', () => {
    expect(succeeding(4, 2)).toEqual([]);
    expect(succeeding(4, 3)).toEqual(['MEM040']);
    expect(succeeding(1, 1)).toEqual(['MEM040']);
  });

  test('one that is killed below the limit is too many', () => {
    expect(succeeding(4, 1, { outcome: 'killed', deaths: [aDeath] })).toEqual(['MEM040']);
  });

  test('who came with less than was asked for did not succeed', () => {
    const workers = [aWorker(0, { barrierBytes: EACH * 0.98 }), aWorker(1, { barrierBytes: EACH * 0.98 })];
    expect(succeeding(2, 0, { workers })).toEqual(['MEM040']);
  });
});

describe('memory that grows with their number', () => {
  const holding = (share: number) => {
    const mean = BASE + share * 4 * EACH;
    const held = { ms: 200, samples: 5, min: mean, mean, max: mean };
    return codesOf(judge({ rounds: [aRound(4, aRun(4, 0, { held }))] }));
  };

  test('at 80 % of four times one, and below', () => {
    expect(holding(0.8)).toEqual([]);
    expect(holding(0.79)).toEqual(['MEM041']);
  });
});

test('fairness at its limit, and below', () => {
  const fair = (fairness: number) => codesOf(judge({ rounds: [aRound(4, aRun(4, 0, { fairness }))] }));
  expect(fair(0.6)).toEqual([]);
  expect(fair(0.59)).toEqual(['MEM044']);
});

test('what each worker may leave', () => {
  const left = (residueBytes: number) =>
    codesOf(judge({ rounds: [aRound(4, aRun(4), { ...recovered, residueBytes })] }));
  expect(left(40_000_000)).toEqual([]);
  expect(left(40_000_004)).toEqual(['MEM042']);
});

describe('over the limit', () => {
  test.each([
    ['refused, but one was killed', { outcome: 'killed' as const, refusals: refused, deaths: [aDeath] }],
    ['never refused', { outcome: 'held' as const }],
    ['refused by the kernel', { outcome: 'refused' as const }],
  ])('%s', (_, change) => {
    expect(codesOf(judge({ over: aRun(4, 0, change) }))).toEqual(['MEM043']);
  });

  test('not tried, since a number of workers before did not hold', () => {
    expect(codesOf(judge({ over: null }))).toEqual([]);
  });
});

test('a busy machine tells nothing', () => {
  const { findings, inconclusive } = judge({
    rounds: [aRound(1), aRound(2, aRun(2, 2, { outcome: 'timeout' }))],
    over: aRun(4, 0, { outcome: 'timeout' }),
  });
  expect([findings.length, inconclusive?.length]).toEqual([0, 2]);
});
