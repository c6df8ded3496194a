import { describe, expect, it } from 'vitest';
import { judgeLeak } from '../../../src/scenarios/leak/judge-leak.ts';
import { leakLimits } from '../../../src/scenarios/leak/leak-limits.ts';
import type { LeakObservation, Rounds } from '../../../src/scenarios/leak/leak-observation.ts';
import { defaultsOf } from '../environment-of.ts';

const limits = defaultsOf(leakLimits);
const MB = 1_000_000;

/** Figures that grow by the given steps from 15 MB on. */
const rounds = (steps: readonly number[], change: Partial<Rounds> = {}): Rounds => {
  const figures = [15 * MB];
  for (const step of steps) figures.push((figures.at(-1) ?? 0) + step);
  return { figures, trimmed: true, survivors: [], error: null, ...change };
};
const even = (total: number): number[] => Array.from({ length: 20 }, () => total / 20);

const judge = (resident: Rounds | null, traced: Rounds = rounds(even(0))) =>
  judgeLeak({ resident, traced } satisfies LeakObservation, limits);
const codes = (judgement: ReturnType<typeof judgeLeak>) =>
  judgement.findings.map((finding) => `${finding.code} ${finding.limit?.name ?? ''}`);

describe('judgeLeak', () => {
  it('finds nothing where memory stays', () => {
    expect(judge(rounds(even(40_000)))).toEqual({ findings: [] });
  });

  it.each([
    [5 * MB - 20, []],
    [5 * MB, ['IMP051 maxTotalGrowth']],
    [20 * MB, ['IMP051 maxTotalGrowth', 'IMP051 maxMeanGrowth']],
  ])('judges growth of %i bytes in all', (total, expected) => {
    expect(codes(judge(rounds(even(total))))).toEqual(expected);
  });

  it('allows 2 MB in one round, and no more', () => {
    const one = (step: number): Rounds => rounds(even(0).with(6, step));
    expect(codes(judge(one(2 * MB)))).toEqual([]);
    const judgement = judge(one(2 * MB + 1));
    expect(codes(judgement)).toEqual(['IMP052 maxRoundGrowth']);
    expect(judgement.findings[0]?.message).toContain('in round 7 alone');
  });

  it('knows whether Python objects grew or something else', () => {
    const objects = judge(rounds(even(8 * MB)), rounds(even(7 * MB))).findings[0]?.cause;
    expect(objects).toMatchObject({
      certainty: 'certain',
      text: expect.stringContaining('7.00 MB more') as string,
    });
    const other = judge(rounds(even(8 * MB)), rounds(even(0))).findings[0]?.cause;
    expect(other).toMatchObject({ certainty: 'likely', text: expect.stringContaining('outside') as string });
  });

  it('names what keeps a module alive', () => {
    const survivors = [
      { module: 'ballast', count: 25, heldBy: [] },
      { module: 'cargo', count: 25, heldBy: ['list builtins.kept'] },
    ];
    const { findings } = judge(rounds(even(0), { survivors }));
    expect(findings).toMatchObject([
      {
        code: 'IMP053',
        measured: { value: 50 },
        cause: { text: 'list builtins.kept refers to cargo' },
        fix: { location: { path: 'cargo.py' } },
      },
    ]);
  });

  it('prints no fix where the holder cannot be seen', () => {
    const [finding] = judge(
      rounds(even(0), { survivors: [{ module: 'cargo', count: 1, heldBy: [] }] }),
    ).findings;
    expect(finding?.cause?.certainty).toBe('unknown');
    expect(finding).not.toHaveProperty('fix');
  });

  it('judges by traced memory where the system tells no resident memory', () => {
    expect(codes(judge(null, rounds(even(6 * MB))))).toEqual(['IMP051 maxTotalGrowth']);
  });

  it('cannot tell growth from kept pages without malloc_trim', () => {
    const { findings, inconclusive } = judge(rounds(even(6 * MB), { trimmed: false }));
    expect(findings).toEqual([]);
    expect(inconclusive?.[0]).toContain('no malloc_trim');
    expect(judge(rounds(even(0), { trimmed: false }))).toEqual({ findings: [] });
  });

  it('reports a module that cannot be imported again', () => {
    const failed = rounds([], { error: { type: 'ValueError', message: 'only once' } });
    expect(judge(failed).findings).toMatchObject([
      { code: 'IMP054', message: 'A round of import and unload failed with ValueError: only once' },
    ]);
  });
});
