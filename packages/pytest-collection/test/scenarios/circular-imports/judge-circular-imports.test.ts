import { describe, expect, it } from 'vitest';
import { circularImportsLimits } from '../../../src/scenarios/circular-imports/circular-imports-limits.ts';
import type {
  CircularImportsObservation,
  ObservedModule,
} from '../../../src/scenarios/circular-imports/circular-imports-observation.ts';
import { judgeCircularImports } from '../../../src/scenarios/circular-imports/judge-circular-imports.ts';
import { defaultsOf } from '../defaults-of.ts';

const limits = defaultsOf(circularImportsLimits);
const DIED = { type: 'ImportError', message: "cannot import name 'BERTHS'" };
const at = { phase: 'collect', path: 'ports/b.py', importing: 'b', atMs: 900 } as const;

const fine: ObservedModule = {
  path: 'ports/a.py',
  collected: 'passed',
  tests: 2,
  error: null,
  reference: null,
  alone: null,
};
const crashing: ObservedModule = {
  path: 'ports/b.py',
  collected: 'failed',
  tests: 0,
  error: DIED,
  reference: DIED,
  alone: DIED,
};

const observed = (change: Partial<CircularImportsObservation> = {}): CircularImportsObservation => ({
  outcome: { kind: 'errors', errors: [] },
  at,
  modules: [fine, crashing],
  testsPerModule: 2,
  wallMs: 800,
  cpuMs: 700,
  peakBytes: 50_000_000,
  printed: '',
  python: '3.11.7',
  pytest: '8.3.5',
  ...change,
});

const judged = (change: Partial<CircularImportsObservation>) =>
  judgeCircularImports(observed(change), limits);
const codes = (change: Partial<CircularImportsObservation>): string[] =>
  judged(change).findings.map((finding) => finding.code);
const modules = (change: Partial<ObservedModule>, of = fine) => ({
  modules: [fine, crashing, { ...of, ...change }],
});

describe('judgeCircularImports', () => {
  it('finds nothing where pytest fails at what CPython fails at', () => {
    expect(judged({})).toEqual({ findings: [] });
    expect(judged(modules({ alone: DIED }))).toEqual({ findings: [] });
  });

  it.each<[string, Partial<ObservedModule>]>([
    ['was never looked at', { collected: 'missing', tests: 0 }],
    ['was not come back from', { collected: 'unfinished', tests: 0 }],
    ['has fewer tests than it should', { tests: 1 }],
    ['has more tests than it should', { tests: 3 }],
    ['was skipped', { collected: 'skipped', tests: 0 }],
  ])('reports a module that %s', (_, change) => {
    expect(codes(modules(change))).toEqual(['COL031']);
  });

  it('reports a module that cannot be imported and was never looked at', () => {
    expect(codes(modules({ collected: 'missing' }, crashing))).toEqual(['COL031']);
  });

  it('reports import errors that nobody hears of', () => {
    expect(codes(modules({ collected: 'passed' }, crashing))).toEqual(['COL032']);
    expect(codes(modules({ collected: 'skipped' }, crashing))).toEqual(['COL032']);
  });

  it('reports import errors that are none', () => {
    expect(codes(modules({ collected: 'failed', tests: 0, error: DIED }))).toEqual(['COL033']);
    expect(codes(modules({ collected: 'failed', tests: 0 }))).toEqual(['COL033']);
  });

  it('reports everything at once', () => {
    const all = [
      fine,
      { ...fine, collected: 'missing' },
      { ...crashing, collected: 'passed' },
      { ...fine, collected: 'failed' },
    ] as const;
    expect(codes({ modules: all, wallMs: 1e6 })).toEqual(['COL031', 'COL032', 'COL033', 'COL034']);
  });

  it('judges the time at its limit', () => {
    expect(codes({ wallMs: 119_999.9 })).toEqual([]);
    expect(codes({ wallMs: 120_000 })).toEqual(['COL034']);
  });

  it('says where a collection hangs, and nothing of what it did not come to', () => {
    const { findings } = judged({
      outcome: { kind: 'timed-out', afterMs: 150_000, at, stacks: [], waitsFor: 'a lock' },
      modules: [fine, { ...fine, collected: 'missing' }],
    });
    expect(findings).toMatchObject([
      {
        code: 'COL030',
        location: { path: 'ports/b.py' },
        message: expect.stringContaining('while it imported b for ports/b.py') as string,
        cause: { text: 'it waited for a lock', certainty: 'certain' },
      },
    ]);
  });

  it.each<CircularImportsObservation['outcome']>([
    { kind: 'crashed', signal: 'SIGSEGV', at, stacks: [] },
    { kind: 'killed-for-memory', by: 'host', at },
    { kind: 'vanished', exitCode: 0, at },
    { kind: 'interrupted', by: 'SIGTERM', at },
    { kind: 'plugin-failure', message: 'it raised' },
    { kind: 'usage-error', message: 'no such option' },
    { kind: 'no-pytest', message: 'none' },
  ])('reports that it was $kind', (outcome) => {
    expect(codes({ outcome, modules: [] })).toEqual(['COL035']);
  });

  it('concludes nothing where there was nothing to tell apart', () => {
    expect(judged({ modules: [fine], outcome: { kind: 'finished' } })).toMatchObject({
      findings: [],
      inconclusive: [expect.stringContaining('CPython can import all of the 1 modules')],
    });
    expect(judged({ modules: [crashing, crashing] }).inconclusive).toEqual([
      expect.stringContaining('CPython can import none of the 2 modules'),
    ]);
  });

  it('lists a few modules only', () => {
    const many = Array.from({ length: 11 }, () => ({ ...fine, collected: 'missing' as const }));
    const { findings } = judged({ modules: [fine, crashing, ...many] });
    expect(findings[0]?.evidence).toHaveLength(9);
    expect(findings[0]?.evidence?.at(-1)).toBe('and 3 more');
  });
});
