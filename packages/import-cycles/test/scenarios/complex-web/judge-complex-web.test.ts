import { describe, expect, it } from 'vitest';
import type {
  ComplexWebObservation,
  WebReading,
} from '../../../src/scenarios/complex-web/complex-web-observation.ts';
import { complexWebLimits } from '../../../src/scenarios/complex-web/complex-web-limits.ts';
import { judgeComplexWeb } from '../../../src/scenarios/complex-web/judge-complex-web.ts';
import { defaultsOf } from '../environment-of.ts';

const limits = defaultsOf(complexWebLimits);
const AB = ['a', 'b'];
const ABC = ['a', 'b', 'c'];

const reference: WebReading = { imports: 20, knots: [ABC], cycles: [AB, ABC] };

const codes = (change: Partial<ComplexWebObservation>): string[] =>
  judgeComplexWeb(
    { modules: 10, found: reference, reference, searchMs: 50, peakBytes: 60_000_000, crash: null, ...change },
    limits,
  ).findings.map((finding) => finding.code);

const found = (change: Partial<WebReading>): Partial<ComplexWebObservation> => ({
  found: { ...reference, ...change },
});

describe('judgeComplexWeb', () => {
  it('finds nothing where both readers agree', () => {
    expect(codes({})).toEqual([]);
  });

  it('reports cycles that were missed, but not that they leave modules uncovered', () => {
    expect(codes(found({ cycles: [AB], knots: [AB], imports: 19 }))).toEqual(['IMP021']);
    expect(codes(found({ cycles: [], knots: [] }))).toEqual(['IMP021']);
  });

  it('reports cycles and knots that do not exist', () => {
    expect(codes(found({ cycles: [AB, ABC, ['a', 'd']] }))).toEqual(['IMP022']);
    expect(codes(found({ knots: [['a', 'b', 'c', 'd']] }))).toEqual(['IMP022']);
  });

  it('reports an analysis that crashed or gave no answer', () => {
    expect(codes({ found: null, crash: 'RangeError: x' })).toEqual(['IMP023']);
    expect(codes({ found: null })).toEqual(['IMP023']);
  });

  it.each([
    [{ searchMs: 4999.9 }, []],
    [{ searchMs: 5000 }, ['IMP024']],
    [{ peakBytes: 99_999_999 }, []],
    [{ peakBytes: 100_000_000 }, ['IMP027']],
    [{ modules: 10 }, []],
    [{ modules: 11 }, ['IMP026']],
  ])('judges %j at the limit', (change, expected) => {
    expect(codes(change)).toEqual(expected);
  });
});
