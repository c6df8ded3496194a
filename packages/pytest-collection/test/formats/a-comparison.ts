import type {
  ComparedCollections,
  ComparedFigure,
  IncomparableCollections,
  StateComparison,
} from '../../src/compare/collection-comparison.ts';
import type { ComparedProfiles, CostChange, FigureChange } from '../../src/compare/profile-comparison.ts';

/** Runs of `branch` that take 12 % less CPU time than those of `main`, with bytecode alone. */
export function aComparison(different: Partial<ComparedCollections> = {}): ComparedCollections {
  return {
    kind: 'compared',
    a: 'main',
    b: 'branch',
    tests: { found: 1204, deselected: 4, hash: 'a1' },
    errors: 0,
    warm: aState(),
    contention: { index: 0.22, level: 'some', wallPerCpu: 1.31 },
    notes: ['The tests come in another order'],
    seed: 7,
    ...different,
  };
}

export function aState(different: Partial<StateComparison> = {}): StateComparison {
  const samples = Array.from({ length: 10 }, () => ({ cpuMs: 1300, wallMs: 1500, peakBytes: 84e6 }));
  return {
    a: samples,
    b: samples,
    cpu: aFigure(1300, 1144, [0.88, 0.85, 0.92], 'less'),
    peak: aFigure(84e6, 84.1e6, [1.001, 0.998, 1.004], 'same'),
    wall: aFigure(1500, 1400, [0.93, 0.7, 1.21], 'cannot-tell'),
    conclusion: 'faster',
    memoryConclusion: 'same',
    endedBy: 'precision',
    ...different,
  };
}

export function aFigure(
  a: number,
  b: number,
  [value, low, high]: readonly [number, number, number],
  conclusion: ComparedFigure['conclusion'],
): ComparedFigure {
  return { a, b, ratio: { value, low, high }, threshold: 1.03, conclusion };
}

export const INCOMPARABLE: IncomparableCollections = {
  kind: 'not-comparable',
  a: 'main',
  b: 'branch',
  differences: [
    {
      kind: 'tests',
      message: 'branch collects 1,102 tests, main 1,204',
      examples: Array.from({ length: 7 }, (_, at) => `tests/test_gone.py::test_${at}`),
    },
  ],
};

/** A profile of today against yesterday's: slower by a new import in a conftest. */
export function aProfileComparison(different: Partial<ComparedProfiles> = {}): ComparedProfiles {
  return {
    kind: 'compared',
    before: { takenAt: '2026-11-23T10:00:00.000Z', tests: 1200 },
    after: { takenAt: '2026-11-24T10:00:00.000Z', tests: 1200 },
    state: 'warm',
    cpuMs: aChange(1300, 1900, 'more'),
    wallMs: aChange(1500, 2300, 'cannot-tell'),
    peakBytes: { ...aChange(84e6, 125e6, 'more'), chance: 1.03 },
    commonFactor: 1.01,
    files: [],
    conftests: [aCostChange('tests/conftest.py', 340, 910)],
    imports: [
      { ...aCostChange('pandas', 0, 570), state: 'new' },
      { ...aCostChange('polars', 120, 0), state: 'gone', certainty: 'cannot-tell' },
    ],
    plugins: [],
    notes: ['Single runs: a comparison of interleaved runs (--compare REV) can tell smaller changes'],
    ...different,
  };
}

function aChange(before: number, after: number, conclusion: FigureChange['conclusion']): FigureChange {
  return { before, after, ratio: after / before, chance: 1.25, conclusion };
}

function aCostChange(name: string, before: number, after: number): CostChange {
  return {
    name,
    state: 'changed',
    time: aChange(before, after, after > before ? 'more' : 'less'),
    clock: 'cpu',
    memoryBytes: { before: before * 50_000, after: after * 50_000 },
    certainty: 'likely',
  };
}
