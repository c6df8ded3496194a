import { describe, expect, it } from 'vitest';
import type { CombinedExhaustion, CombinedPart } from '../../../src/model/exhaustion.ts';
import { judgeLimitsCombined } from '../../../src/scenarios/limits-combined/judge-limits-combined.ts';
import { limitsCombinedLimits } from '../../../src/scenarios/limits-combined/limits-combined-limits.ts';
import { defaultsOf } from '../defaults-of.ts';
import { ALL_WORKS, codesOf, FULL, MIB, observedSandbox, sandboxWithout } from '../observed.ts';

const limits = defaultsOf(limitsCombinedLimits);

const part = (name: CombinedPart['part'], change: Partial<CombinedPart> = {}): CombinedPart => ({
  part: name,
  target: 75 * MIB,
  reached: true,
  reachedAfterMs: 300,
  held: { ms: 3000, samples: 30, min: 75 * MIB, mean: 75 * MIB, max: 75 * MIB },
  before: 10 * MIB,
  afterwards: 10 * MIB,
  recovered: true,
  ...change,
});
const run = (change: Partial<CombinedExhaustion> = {}): CombinedExhaustion => ({
  outcome: 'held',
  parts: [part('memory'), part('cpu'), part('descriptors')],
  overlapMs: 3000,
  control: { asked: 10, answered: 10, slowestMs: 2000 },
  duringOverlap: FULL,
  afterwards: ALL_WORKS,
  deaths: [],
  killsBefore: 0,
  killsAfter: 0,
  recoveredMs: 100,
  ...change,
});
const judge = (change: Partial<CombinedExhaustion> = {}, keeperAlive = true) =>
  judgeLimitsCombined({ sandbox: observedSandbox(), run: run(change), keeperAlive }, limits);

describe('judgeLimitsCombined', () => {
  it('finds nothing where all overlap, answer and come back', () => {
    expect(judge()).toEqual({ findings: [], inconclusive: [] });
  });

  it.each(['memoryBytes', 'cpus', 'descriptors', 'diskBytes'] as const)(
    'makes no pressure without %s',
    (name) => {
      const judgement = judgeLimitsCombined(
        { sandbox: sandboxWithout(name), run: null, keeperAlive: true },
        limits,
      );
      expect(codesOf(judgement)).toEqual(['LIM000']);
    },
  );

  it('names a kill before all else', () => {
    const { findings } = judge({ killsAfter: 1, overlapMs: 0, parts: [part('memory', { reached: false })] });
    expect(findings).toMatchObject([{ code: 'LIM040', cause: { certainty: 'likely' } }]);
    expect(codesOf(judge({}, false))).toEqual(['LIM040']);
  });

  it('takes a victim that was killed for one, whatever the kernel counted', () => {
    const { killsBefore: _before, killsAfter: _after, ...uncounted } = run({ outcome: 'killed' });
    const judged = judgeLimitsCombined(
      { sandbox: observedSandbox(), run: uncounted, keeperAlive: true },
      limits,
    );
    expect(judged.findings).toMatchObject([
      {
        code: 'LIM040',
        measured: { value: 1 },
        cause: { text: expect.stringContaining('cannot be counted') as string, certainty: 'unknown' },
      },
    ]);
    expect(codesOf(judge({ outcome: 'killed' }))).toEqual(['LIM040']);
  });

  it('cannot tell whether what could not be measured came back', () => {
    const { afterwards: _unknown, ...blind } = part('cpu', { recovered: false });
    const judgement = judge({ parts: [part('memory'), blind] });
    expect(judgement.findings).toEqual([]);
    expect(judgement.inconclusive).toEqual([
      expect.stringMatching(
        /^Whether it came back could not be measured in .*: cpu: .* an unknown level afterwards/,
      ),
    ]);
  });

  it.each([
    [{ slowestMs: 2000 }, []],
    [{ slowestMs: 2001 }, ['LIM041']],
    [{ answered: 9, slowestMs: 2000 }, []],
    [{ answered: 9, slowestMs: 2001 }, ['LIM041']],
  ])('demands answers: %j', (change, expected) => {
    expect(codesOf(judge({ control: { ...run().control, ...change } }))).toEqual(expected);
  });

  it.each([
    { ...FULL, reservedRead: false },
    { ...FULL, answered: false },
    { ...FULL, answerMs: 2001 },
  ])('demands that the process sees how it is: %j', (duringOverlap) => {
    expect(codesOf(judge({ duringOverlap }))).toEqual(['LIM041']);
  });

  it('asks no process how it is before all are at their levels', () => {
    const duringOverlap = { ...FULL, answered: false, reservedRead: false };
    const judgement = judge({ outcome: 'timeout', overlapMs: 0, duringOverlap });
    expect(judgement.findings).toEqual([]);
    expect(judgement.inconclusive).toHaveLength(1);
  });

  it.each([
    [3, []],
    [2, ['LIM042']],
    [0, ['LIM042']],
  ])('demands that more than 67 %% come back: %i of 3', (back, expected) => {
    const parts = run().parts.map((one, index) => ({ ...one, recovered: index < back }));
    expect(codesOf(judge({ parts }))).toEqual(expected);
  });

  it('lets one of four stay', () => {
    const parts = [...run().parts, part('disk', { recovered: false })];
    expect(codesOf(judge({ parts }))).toEqual([]);
  });

  it.each([
    [{ afterwards: { ...ALL_WORKS, openFile: false } }],
    [{ afterwards: { ...ALL_WORKS, spawn: false } }],
    [{ afterwards: { ...ALL_WORKS, importModule: false } }],
    [{ afterwards: { ...ALL_WORKS, answered: false } }],
  ])('demands basic functions: %j', (change) => {
    expect(codesOf(judge(change))).toEqual(['LIM043']);
  });

  it('finds limits that cannot be reached together', () => {
    const refused = { reached: false, problem: 'ENOMEM' };
    const parts = [part('memory', refused), part('cpu'), part('descriptors', refused)];
    const { findings } = judge({ outcome: 'refused', parts });
    expect(findings).toMatchObject([
      { code: 'LIM044', cause: { text: 'memory: ENOMEM; descriptors: ENOMEM' } },
    ]);
  });

  it('cannot tell where a level was not reached for want of time', () => {
    const judgement = judge({
      outcome: 'timeout',
      overlapMs: 0,
      parts: [part('memory'), part('cpu', { reached: false })],
    });
    expect(judgement.findings).toEqual([]);
    expect(judgement.inconclusive?.[0]).toContain('The pressure was not reached (timeout): cpu:');
  });

  it.each([
    [3000, 0],
    [2999, 1],
  ])('cannot tell from an overlap of %i ms', (overlapMs, reasons) => {
    const judgement = judge({ overlapMs });
    expect(judgement.findings).toEqual([]);
    expect(judgement.inconclusive).toHaveLength(reasons);
  });
});
