import { describe, expect, it } from 'vitest';
import { judgeSimpleCycle } from '../../../src/scenarios/simple-cycle/judge-simple-cycle.ts';
import type { SimpleCycleObservation } from '../../../src/scenarios/simple-cycle/simple-cycle-observation.ts';

const expected = ['harbour', 'pilot', 'tug'];

const tried = (module: string, cycle: readonly string[] | null = expected) => ({
  module,
  outcome: 'ok' as const,
  error: null,
  message: null,
  executed: expected,
  cycle,
});

const good: SimpleCycleObservation = {
  expected,
  found: [expected],
  imports: [
    ['harbour', 'pilot'],
    ['pilot', 'tug'],
    ['tug', 'harbour'],
  ],
  predicted: expected.map((module) => ({ module, outcome: 'ok', error: null })),
  tried: expected.map((module) => tried(module)),
  searchMs: [300, 10, 20],
  crash: null,
};

const judge = (change: Partial<SimpleCycleObservation>) =>
  judgeSimpleCycle({ ...good, ...change }, { maxSearch: 1000 }).findings;

describe('judgeSimpleCycle', () => {
  it('finds nothing where exactly the cycle was found', () => {
    expect(judge({})).toEqual([]);
  });

  it('blames the analysis where CPython went round the cycle that was missed', () => {
    const [finding, ...others] = judge({ found: [], imports: [['harbour', 'pilot']] });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      code: 'IMP021',
      message: 'Found no cycle, expected exactly harbour -> pilot -> tug -> harbour',
      cause: { text: 'the analysis missed an import: CPython itself went round the cycle' },
    });
    expect(finding?.evidence?.at(-1)).toBe('the analysis saw the imports harbour -> pilot');
  });

  it('blames the files where CPython did not', () => {
    const [finding] = judge({ found: [], tried: expected.map((module) => tried(module, null)) });
    expect(finding).toMatchObject({ code: 'IMP021', cause: { certainty: 'certain' } });
    expect(finding?.cause?.text).toContain('the files hold no such cycle');
  });

  it.each([
    ['another one', [['harbour', 'rope']]],
    ['one too many', [expected, ['pilot', 'tug']]],
  ])('reports %s', (_, found) => {
    expect(judge({ found }).map((finding) => finding.code)).toEqual(['IMP022']);
  });

  it('reports an analysis that crashed, and nothing else', () => {
    const findings = judge({ crash: 'RangeError: too deep\n at x', found: [], searchMs: [5000] });
    expect(findings).toMatchObject([
      { code: 'IMP023', message: expect.stringMatching(/too deep$/) as string },
    ]);
  });

  it.each([
    [[5000, 999, 30], []],
    [[5000, 1000, 30], ['IMP024']],
  ])('judges the median of the times %j', (searchMs, codes) => {
    expect(judge({ searchMs }).map((finding) => finding.code)).toEqual(codes);
  });

  it.each([
    ['a crash that did not come', 'ok', null, 'ImportError in tug.py:1'],
    ['a crash that was not predicted', 'crash', 'ImportError in tug.py:1', null],
    ['another line', 'crash', 'ImportError in tug.py:1', 'ImportError in tug.py:2'],
  ] as const)('reports %s', (_, outcome, error, predictedError) => {
    const findings = judge({
      predicted: [
        { module: 'harbour', outcome: predictedError === null ? 'ok' : 'crash', error: predictedError },
      ],
      tried: [{ ...tried('harbour'), outcome, error }, tried('pilot')],
    });
    expect(findings).toMatchObject([{ code: 'IMP025', measured: { value: 1 } }]);
  });
});
