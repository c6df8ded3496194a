import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import {
  formatComparison,
  formatComparisonJson,
  formatComparisonMarkdown,
} from '../../../src/formats/index.ts';
import { aComparison, aFigure, aProfileComparison, aState, INCOMPARABLE } from '../a-comparison.ts';
import { HOSTILE } from '../a-profile.ts';

const plain = { color: false, columns: 100 };

describe('formatComparison of interleaved runs', () => {
  it('says first what the other side is, then the figures and how sure they are', () => {
    expect(formatComparison(aComparison(), plain)).toBe(`\
Collection: branch against main

✓ branch is faster than main: CPU time -12 % (-15 % to -8 %)

                      main   branch  change
  warm  CPU          1.3 s   1.14 s   -12 %  -15 % to -8 %     less
        peak memory  84 MB  84.1 MB  +0.1 %  -0.2 % to +0.4 %  same
        wall         1.5 s    1.4 s    -7 %  -30 % to +21 %    cannot tell

  Both collect the same 1,200 tests
  warm: 10 interleaved pairs with bytecode: enough to tell
  The machine had something else to do (somebody waited for a processor 22 % of the time); wall time
  was 1.31x CPU time
  The tests come in another order
  Seed of the order: 7
`);
  });

  it('tells both states apart', () => {
    const cold = aState({ conclusion: 'slower', memoryConclusion: 'heavier', endedBy: 'budget' });
    const text = formatComparison(aComparison({ cold }), { color: false, columns: 140 });
    expect(text).toContain('✓ branch is faster than main, with bytecode');
    expect(text).toContain('✗ branch is slower than main, without bytecode');
    expect(text).toContain('✗ branch needs more memory than main, without bytecode');
    expect(text).toContain('cold: 10 interleaved pairs without bytecode, until the time was up');
  });

  it('does not pretend to know', () => {
    const warm = aState({
      conclusion: 'cannot-tell',
      cpu: aFigure(100, 100, [1, -Infinity, Infinity], 'cannot-tell'),
    });
    expect(formatComparison(aComparison({ warm }), plain)).toContain(
      '! Whether branch is faster or slower than main cannot be told: CPU time 0 % (too few pairs for an\n  interval)',
    );
  });

  it('refuses to compare different work, with examples', () => {
    const text = formatComparison(INCOMPARABLE, plain);
    expect(text).toContain('✗ They did not do the same work');
    expect(text).toContain('● branch collects 1,102 tests, main 1,204\n      tests/test_gone.py::test_0\n');
    expect(text).toContain('… and 2 more examples');
    expect(text).not.toContain('faster');
  });
});

describe('formatComparison of saved profiles', () => {
  it('says what changed, and where', () => {
    const text = formatComparison(aProfileComparison(), plain);
    expect(text).toContain('✗ It became slower: CPU time 1.3 s before, 1.9 s now (+46 %)');
    expect(text).toMatch(
      /Conftests\n.*\n {2}tests\/conftest\.py {2}340 ms {2}910 ms {2}\+168 % {2}\+28\.5 MB/,
    );
    expect(text).toMatch(/pandas +570 ms +new/);
    expect(text).toMatch(/polars +120 ms +gone +-6 MB +cpu +may be chance/);
    expect(text).toContain('Single runs');
  });

  it('says what everything changed by alike', () => {
    expect(formatComparison(aProfileComparison({ commonFactor: 1.3 }), plain)).toContain(
      'Everything changed alike by +30 %',
    );
  });

  it('calls chance what may be chance', () => {
    const cpuMs = {
      before: 1300,
      after: 1390,
      ratio: 1390 / 1300,
      chance: 1.25,
      conclusion: 'cannot-tell',
    } as const;
    expect(formatComparison(aProfileComparison({ cpuMs }), plain)).toContain(
      '! No change that single runs could tell from chance',
    );
  });
});

const ALL = [
  aComparison({ cold: aState() }),
  INCOMPARABLE,
  aProfileComparison(),
  aComparison({ a: HOSTILE[3]!, b: HOSTILE[5]!, notes: HOSTILE }),
];

it.each([48, 60, 80, 120])('keeps to %i columns, and to letters', (columns) => {
  for (const comparison of ALL) {
    const text = stripVTControlCharacters(formatComparison(comparison, { color: true, columns }));
    for (const line of text.split('\n')) {
      expect(line).not.toMatch(/\p{Cc}/u);
      expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
    }
  }
});

it('is Markdown that no name breaks', () => {
  const text = formatComparisonMarkdown(ALL[3]!);
  expect(new Set(text.match(/<[^>]*>/g))).toEqual(new Set(['<br>', '<code>', '</code>']));
  expect(formatComparisonMarkdown(aProfileComparison())).toContain(
    '| <code>tests/conftest.py</code> | 340 ms |',
  );
  expect(formatComparisonMarkdown(INCOMPARABLE)).toContain(
    '- branch collects 1,102 tests, main 1,204<br><code>',
  );
});

it('is JSON with the version of its schema, open ends as null', () => {
  for (const comparison of ALL)
    expect(JSON.parse(formatComparisonJson(comparison))).toMatchObject({
      schemaVersion: 1,
      ...(JSON.parse(JSON.stringify(comparison)) as object),
    });
  const open = aComparison({ warm: aState({ cpu: aFigure(1, 1, [1, -Infinity, Infinity], 'cannot-tell') }) });
  expect(JSON.parse(formatComparisonJson(open)).warm.cpu.ratio).toEqual({ value: 1, low: null, high: null });
});
