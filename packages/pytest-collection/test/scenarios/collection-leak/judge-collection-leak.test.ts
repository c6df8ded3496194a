import { describe, expect, it } from 'vitest';
import { collectionLeakLimits } from '../../../src/scenarios/collection-leak/collection-leak-limits.ts';
import type { CollectionLeakObservation } from '../../../src/scenarios/collection-leak/collection-leak-observation.ts';
import { judgeCollectionLeak } from '../../../src/scenarios/collection-leak/judge-collection-leak.ts';
import { defaultsOf } from '../defaults-of.ts';
import { heavy, leaving, MB, observation, round } from './an-observation.ts';

const limits = defaultsOf(collectionLeakLimits);
const judge = (observed: CollectionLeakObservation) => judgeCollectionLeak(observed, limits);
const codes = (observed: CollectionLeakObservation) => judge(observed).findings.map(({ code }) => code);

describe('judgeCollectionLeak', () => {
  it('finds nothing where everything goes', () => {
    expect(judge(observation())).toEqual({ findings: [] });
  });

  it.each([
    [150 * MB - 1, []],
    [150 * MB, ['MEM011']],
  ])('takes %i bytes held for what they are', (held, expected) => {
    expect(codes(observation({ heavy: heavy({ held: 50 * MB + held }) }))).toEqual(expected);
  });

  it('allows a tree of half the tests half of it', () => {
    const half = (held: number) => observation({ heavy: heavy({ held: 50 * MB + held }) }, { share: 0.5 });
    expect(codes(half(75 * MB - 1))).toEqual([]);
    expect(judge(half(75 * MB)).findings[0]?.limit?.value).toBe(75 * MB);
  });

  it.each([
    [20 * MB, []],
    [20 * MB + 1, ['MEM012']],
  ])('takes %i bytes that stay for what they are', (kept, expected) => {
    expect(codes(observation({ heavy: heavy({ retained: 50 * MB + kept }) }))).toEqual(expected);
  });

  it('names what holds the tests, and prints no fix where it cannot', () => {
    const kept = (survivors: { count: number; heldBy: string[] }) =>
      judge(observation({ heavy: heavy({ retained: 150 * MB, survivors }) })).findings[0];
    expect(kept({ count: 1000, heldBy: ['list registry.kept'] })).toMatchObject({
      cause: { text: 'list registry.kept leads to the data of 1,000 tests', certainty: 'certain' },
      fix: { text: expect.stringContaining('list registry.kept') as string },
    });
    expect(kept({ count: 3, heldBy: [] })?.cause?.certainty).toBe('unknown');
    expect(kept({ count: 3, heldBy: [] })).not.toHaveProperty('fix');
    expect(kept({ count: 0, heldBy: [] })?.cause?.text).toMatch(/^not the data/);
    const pytest6 = 'the cache of _pytest.config.PytestPluginManager._getconftestmodules';
    expect(kept({ count: 1000, heldBy: [pytest6] })?.fix?.text).toMatch(/^Upgrade pytest/);
  });

  it.each([
    [499_999, []],
    [500_000, ['MEM013']],
  ])('takes %i bytes that each collection leaves behind for what they are', (bytes, expected) => {
    expect(codes(observation({ rounds: leaving(bytes) }))).toEqual(expected);
  });

  it('cannot tell a leak where the interval contains the limit', () => {
    const rounds = [0, 4, 1, 5, 2, 6, 3, 7].map((more) => round(50 * MB + more * MB));
    const { findings, inconclusive } = judge(observation({ rounds }));
    expect(findings).toEqual([]);
    expect(inconclusive?.[0]).toMatch(/from 8 collections it cannot be told whether it is less than 500 kB/);
  });

  it('cannot tell a leak from a few collections', () => {
    const { inconclusive } = judge(observation({ rounds: leaving(0).slice(0, 4) }));
    expect(inconclusive).toHaveLength(1);
    expect(inconclusive?.[0]).toContain('leaves an unknown amount behind');
  });

  it('names the line that made what stays', () => {
    const lines = [
      { path: 'plugin.py', line: 3, bytes: 9 * MB, objects: 900 },
      { path: 'other.py', line: 1, bytes: MB, objects: 10 },
    ];
    const [finding] = judge(
      observation({ rounds: leaving(MB) }, { diagnosis: { lines, types: [{ type: 'list', objects: 7 }] } }),
    ).findings;
    expect(finding).toMatchObject({ code: 'MEM013', location: { path: 'plugin.py', line: 3 } });
    expect(finding?.evidence).toContain('plugin.py:3: 9 MB in 900 objects more after a few collections');
    expect(finding?.evidence).toContain('7 objects of type list more');
  });

  it('tells a leak that grows as such, and once', () => {
    const rounds = Array.from({ length: 8 }, (_, i) => round(50 * MB + MB * (i + 1) ** 2));
    const { findings } = judge(observation({ rounds }));
    expect(findings).toMatchObject([{ code: 'MEM014', limit: { name: 'maxExponent', bound: 'most' } }]);
    expect(findings[0]?.message).toContain('of the number of collections');
  });

  it('sees memory that grows faster than the number of tests', () => {
    const curve = Array.from({ length: 20 }, (_, i) => {
      const tests = 50 * (i + 1);
      return { tests, bytes: 50 * MB + 1e4 * tests + 40 * tests ** 2 };
    });
    const { findings } = judge(observation({ heavy: heavy({ curve }) }));
    expect(findings.map(({ code }) => code)).toEqual(['MEM014']);
    expect(findings[0]?.message).toContain('of the number of tests');
  });

  it.each([
    [{ error: { type: 'OSError', message: 'full' } }, 'OSError: full'],
    [{ rounds: [round(MB, { errors: 2 })] }, 'collection 1 had 2 errors'],
    [
      { rounds: [round(MB), round(MB, { tests: null, status: 4 })] },
      "collection 2 did not come to its end: pytest's exit status is 4",
    ],
    [{ heavy: heavy({ tests: 999 }) }, 'collection 9 found 999 tests instead of 1000'],
    [{ rounds: [round(MB, { status: 3 })] }, 'collection 1 ended with exit status 3'],
  ])('judges no memory where %j', (change, why) => {
    const { findings } = judge(observation(change));
    expect(findings).toMatchObject([{ code: 'MEM010' }]);
    expect(findings[0]?.message.endsWith(why)).toBe(true);
  });

  it('cannot tell what stays from kept pages without malloc_trim', () => {
    const leaking = observation({ trimmed: false, rounds: leaving(2 * MB) });
    expect(judge(leaking).findings).toEqual([]);
    expect(judge(leaking).inconclusive?.[0]).toContain('no malloc_trim');
    expect(judge(observation({ trimmed: false }))).toEqual({ findings: [] });
    expect(codes(observation({ trimmed: false, heavy: heavy({ held: 300 * MB }) }))).toEqual(['MEM011']);
  });

  it('says so where a system does not tell resident memory', () => {
    const rounds = leaving(0).map((one) => ({ ...one, retained: null }));
    expect(judge(observation({ rounds })).inconclusive).toEqual([
      'The resident memory of a process cannot be read on this system.',
    ]);
  });
});
