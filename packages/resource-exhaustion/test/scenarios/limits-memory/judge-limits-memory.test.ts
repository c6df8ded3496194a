import { describe, expect, it } from 'vitest';
import type { Death } from '../../../src/model/death.ts';
import type { HeldLevel, MemoryExhaustion } from '../../../src/model/exhaustion.ts';
import { judgeLimitsMemory } from '../../../src/scenarios/limits-memory/judge-limits-memory.ts';
import { limitsMemoryLimits } from '../../../src/scenarios/limits-memory/limits-memory-limits.ts';
import type { MemoryPressure } from '../../../src/scenarios/limits-memory/limits-memory-observation.ts';
import { defaultsOf } from '../defaults-of.ts';
import { codesOf, MIB, observedSandbox, sandboxWithout } from '../observed.ts';

const limits = defaultsOf(limitsMemoryLimits);
const LIMIT = 100 * MIB;

const held = (percent: number, change: Partial<HeldLevel> = {}): HeldLevel => ({
  ms: 2000,
  samples: 40,
  min: percent * MIB,
  mean: percent * MIB,
  max: percent * MIB,
  ...change,
});

/** A limit of 100 MiB, so that percent are MiB. */
const run = (percent: number, change: Partial<MemoryExhaustion> = {}): MemoryExhaustion => ({
  outcome: 'held',
  limitBytes: LIMIT,
  declaredBytes: LIMIT,
  baselineBytes: 10 * MIB,
  targetBytes: percent * MIB,
  reachedBytes: percent * MIB,
  reached: true,
  fillMs: 200,
  held: held(percent),
  peakBytes: percent * MIB,
  highestSampleBytes: percent * MIB,
  workers: [
    {
      worker: 0,
      pid: 7,
      askedBytes: (percent - 10) * MIB,
      reachedBytes: (percent - 10) * MIB,
      barrierBytes: (percent - 10) * MIB,
      held: true,
      fillMs: 200,
      steps: 30,
      refusals: 0,
    },
  ],
  fairness: 1,
  refusals: [],
  deaths: [],
  curve: [],
  leftBytes: 10 * MIB,
  releaseMs: 30,
  measuredBy: 'cgroup-files',
  ...change,
});

const OWN: Death = { by: 'own-limit', certainty: 'certain', witnesses: ['the keeper', 'the kernel'] };
const killed = run(100, { outcome: 'killed', reached: false, peakBytes: LIMIT, highestSampleBytes: LIMIT });

const pressure = (change: Partial<MemoryPressure> = {}): MemoryPressure => ({
  levels: [60, 75, 85].map((percent) => ({ share: percent / 100, run: run(percent) })),
  recovery: {
    backAfterMs: 20,
    patienceMs: 3000,
    residueBytes: 0,
    residueFiles: 0,
    residueDescriptors: 0,
    residueProcesses: 0,
  },
  overLimit: { run: killed, deaths: [OWN] },
  neighbour: { alive: true, ticks: 100, longestStallMs: 10, usualStallMs: 1, refusedAllocations: 0 },
  companion: { alive: true, heldBytes: 2 * MIB },
  keeperAlive: true,
  ...change,
});

const judge = (change: Partial<MemoryPressure> = {}) =>
  judgeLimitsMemory({ sandbox: observedSandbox(), pressure: pressure(change) }, limits);
const level = (percent: number, change: Partial<MemoryExhaustion>) => ({
  levels: [{ share: percent / 100, run: run(percent, change) }],
});
const after = (residueBytes: number) => ({ recovery: { ...pressure().recovery, residueBytes } });

describe('judgeLimitsMemory', () => {
  it('finds nothing where levels are held and only the victim dies', () => {
    expect(judge()).toEqual({ findings: [], inconclusive: [] });
  });

  it('judges no pressure under a limit that is not in force', () => {
    const judgement = judgeLimitsMemory({ sandbox: sandboxWithout('memoryBytes'), pressure: null }, limits);
    expect(codesOf(judgement)).toEqual(['LIM000']);
  });

  it.each([
    [{ min: 59 * MIB }, []],
    [{ min: 59 * MIB - 200 }, ['LIM002']],
    [{ max: 61 * MIB }, []],
    [{ max: 61 * MIB + 200 }, ['LIM002']],
    [{ ms: 2000 }, []],
    [{ ms: 1999 }, ['LIM002']],
  ])('lets a level of 60 %% be held as %j: %j', (change, expected) => {
    expect(codesOf(judge(level(60, { held: held(60, change) })))).toEqual(expected);
  });

  it.each([
    [30_000, []],
    [30_001, ['LIM002']],
  ])('lets a level take %i ms to be reached', (fillMs, expected) => {
    expect(codesOf(judge(level(60, { fillMs })))).toEqual(expected);
  });

  it('says what refused below the limit', () => {
    const { held: _never, ...refused } = run(75, {
      outcome: 'refused',
      reached: false,
      highestSampleBytes: 50 * MIB,
    });
    const refusals = [
      {
        atMs: 100,
        worker: 0,
        by: 'kernel' as const,
        error: 'MemoryError',
        usageBytes: 50 * MIB,
        wantedBytes: MIB,
      },
    ];
    const { findings } = judge({ levels: [{ share: 0.75, run: { ...refused, refusals } }], overLimit: null });
    expect(findings).toMatchObject([
      {
        code: 'LIM002',
        message: expect.stringContaining('MemoryError at 50 MiB') as string,
        cause: { certainty: 'likely' },
      },
    ]);
  });

  it('tells memory that is only reserved from memory', () => {
    const { findings } = judge(
      level(60, { outcome: 'timeout', reached: false, highestSampleBytes: 12 * MIB }),
    );
    expect(findings).toMatchObject([
      {
        code: 'LIM003',
        message: expect.stringContaining('50 MiB were taken') as string,
        measured: { value: 2 * MIB },
      },
    ]);
  });

  it('cannot tell where time was up on the way', () => {
    const slow = run(60, {
      outcome: 'timeout',
      reached: false,
      highestSampleBytes: 40 * MIB,
      fillMs: 30_000,
    });
    const workers = slow.workers.map((worker) => ({ ...worker, reachedBytes: 30 * MIB }));
    const judgement = judge({ levels: [{ share: 0.6, run: { ...slow, workers } }], overLimit: null });
    expect(judgement.findings).toEqual([]);
    expect(judgement.inconclusive).toEqual([expect.stringContaining('Memory came to 40 MiB in 30 s')]);
  });

  it.each([
    [95 * MIB - 1, []],
    [95 * MIB, ['LIM004']],
  ])('allows a peak of %i bytes under 100 MiB', (peakBytes, expected) => {
    expect(codesOf(judge(level(85, { peakBytes })))).toEqual(expected);
  });

  it.each([
    [20 * MIB - 1, []],
    [20 * MIB, ['LIM005']],
  ])('allows a residue of %i bytes under 100 MiB', (residue, expected) => {
    expect(codesOf(judge(after(residue)))).toEqual(expected);
  });

  it('names who holds the residue where that is known, and no fix where it is not', () => {
    const known = judge({ ...after(30 * MIB), companion: { alive: true, heldBytes: 30 * MIB } }).findings[0];
    expect(known?.cause?.certainty).toBe('certain');
    const unknown = judge(after(30 * MIB)).findings[0];
    expect(unknown?.cause?.certainty).toBe('unknown');
    expect(unknown).not.toHaveProperty('fix');
  });

  it.each(['held', 'protected'] as const)('finds a limit that stops nothing (%s)', (outcome) => {
    expect(codesOf(judge({ overLimit: { run: { ...killed, outcome }, deaths: [] } }))).toEqual(['LIM001']);
  });

  it('allows a peak of the limit and not a byte more', () => {
    expect(
      codesOf(judge({ overLimit: { run: { ...killed, peakBytes: LIMIT + 1 }, deaths: [OWN] } })),
    ).toEqual(['LIM001']);
  });

  it('holds no sum over processes against a limit of each', () => {
    const run = { ...killed, outcome: 'refused', peakBytes: LIMIT + 1, measuredBy: 'proc' } as const;
    expect(codesOf(judge({ overLimit: { run, deaths: [] } }))).toEqual([]);
  });

  it('takes an orderly refusal at the limit for a limit that works', () => {
    expect(judge({ overLimit: { run: { ...killed, outcome: 'refused' }, deaths: [] } })).toEqual({
      findings: [],
      inconclusive: [],
    });
  });

  it.each(['ancestor-limit', 'host', 'signal'] as const)('finds who else killed: %s', (by) => {
    const death: Death = { ...OWN, by, limitFolder: '/sys/fs/cgroup/ci' };
    const { findings } = judge({ overLimit: { run: killed, deaths: [death] } });
    expect(findings).toMatchObject([{ code: 'LIM006', cause: { certainty: 'certain' } }]);
    expect(findings[0]?.evidence?.at(-1)).toContain('/sys/fs/cgroup/ci');
  });

  it('cannot tell with one witness alone', () => {
    const judgement = judge({
      overLimit: { run: killed, deaths: [{ ...OWN, certainty: 'likely', witnesses: ['the keeper'] }] },
    });
    expect(judgement.findings).toEqual([]);
    expect(judgement.inconclusive).toEqual([expect.stringContaining('has not two witnesses: the keeper')]);
  });

  it.each([
    [{ keeperAlive: false }],
    [{ companion: { alive: false, heldBytes: 70 * MIB } }],
    [{ neighbour: { ...pressure().neighbour, alive: false } }],
    [{ neighbour: { ...pressure().neighbour, refusedAllocations: 1 } }],
  ])('finds that somebody else was hurt: %j', (change) => {
    expect(codesOf(judge(change))).toEqual(['LIM007']);
  });

  it('only warns of a stall, which may be the machine’s', () => {
    const stalled = (longestStallMs: number) =>
      judge({ neighbour: { ...pressure().neighbour, longestStallMs } });
    expect(codesOf(stalled(2000))).toEqual([]);
    expect(codesOf(stalled(2001))).toEqual(['LIM007 (warning)']);
  });
});
