import { describe, expect, it } from 'vitest';
import { judgeProject } from '../../../src/scenarios/project/judge-project.ts';
import { projectLimits } from '../../../src/scenarios/project/project-limits.ts';
import type { ProjectKnot, ProjectObservation } from '../../../src/scenarios/project/project-observation.ts';
import { defaultsOf } from '../environment-of.ts';

const limits = defaultsOf(projectLimits);

const step = (from: string, to: string) => ({
  from,
  to,
  path: `${from}.py`,
  line: 3,
  kind: 'module' as const,
});

const knot = (change: Partial<ProjectKnot> = {}): ProjectKnot => ({
  id: 'abc123',
  modules: ['a', 'b'],
  witness: [step('a', 'b'), step('b', 'a')],
  cycleCount: 1,
  complete: true,
  longest: ['a', 'b'],
  importsToMove: [{ ...step('b', 'a'), column: 8, fix: { kind: 'defer', text: 'move it into `b.work`' } }],
  lowerBound: 1,
  accepted: false,
  newArcs: [],
  ...change,
});

const observed = (change: Partial<ProjectObservation>): ProjectObservation => ({
  modules: 50,
  imports: 100,
  knots: [],
  crashes: [],
  firstImports: 0,
  firstImportsLeft: 0,
  problems: [],
  stale: [],
  ignored: 0,
  hasBaseline: false,
  searchMs: 100,
  comparison: null,
  copy: null,
  ...change,
});

const findings = (change: Partial<ProjectObservation>, changed: Partial<typeof limits> = {}) =>
  judgeProject(observed(change), { ...limits, ...changed }).findings;
const codes = (...args: Parameters<typeof findings>) =>
  findings(...args).map(({ code, severity }) => `${code} ${severity}`);

const modules = (count: number): string[] => Array.from({ length: count }, (_, i) => `m${i}`);

describe('judgeProject', () => {
  it('finds nothing in a project without cycles', () => {
    expect(judgeProject(observed({}), limits)).toEqual({ findings: [] });
  });

  it('cannot tell anything of a project without modules', () => {
    expect(judgeProject(observed({ modules: 0 }), limits).inconclusive).toHaveLength(1);
  });

  it('shows a tolerated cycle with its path, the import to move and the fix', () => {
    expect(findings({ knots: [knot()] })).toEqual([
      {
        code: 'IMP001',
        severity: 'warning',
        message: 'An import cycle: a -> b -> a',
        location: { path: 'b.py', line: 3, column: 8 },
        evidence: ['a.py:3 imports b', 'b.py:3 imports a', 'the knot abc123: 2 modules (a, b), 1 cycle'],
        cause: { text: 'one import closes the circle', certainty: 'certain' },
        fix: { text: 'move it into `b.work`', location: { path: 'b.py', line: 3, column: 8 } },
      },
    ]);
  });

  it.each([
    [20, true, ['IMP001 warning']],
    [21, true, ['IMP004 error', 'IMP001 warning']],
    [100, false, ['IMP004 error', 'IMP001 warning']],
  ])('judges %i cycles (complete: %s)', (cycleCount, complete, expected) => {
    expect(codes({ knots: [knot({ cycleCount, complete })] })).toEqual(expected);
  });

  it('adds up the cycles of all knots', () => {
    const [first] = findings({ knots: [knot({ cycleCount: 15 }), knot({ cycleCount: 6, complete: false })] });
    expect(first).toMatchObject({
      code: 'IMP004',
      message: 'More than 21 import cycles in 2 knots, 20 are allowed',
      measured: { value: 21, unit: 'count' },
      limit: { name: 'maxCycles', value: 20, unit: 'count', bound: 'most' },
    });
  });

  it.each([
    [5, ['IMP001 warning']],
    [6, ['IMP002 error']],
  ])('judges a cycle of %i modules', (length, expected) => {
    expect(codes({ knots: [knot({ longest: modules(length), modules: modules(length) })] })).toEqual(
      expected,
    );
  });

  it('judges the length of cycles, not the size of knots', () => {
    expect(codes({ knots: [knot({ modules: modules(30) })] })).toEqual(['IMP001 warning']);
  });

  it('lets a baseline accept what it knows and nothing else', () => {
    const known = knot({ accepted: true, cycleCount: 90, longest: modules(9) });
    expect(codes({ hasBaseline: true, knots: [known] })).toEqual([]);
    const fresh = knot({ newArcs: ['a -> b'] });
    expect(codes({ hasBaseline: true, knots: [known, fresh] })).toEqual(['IMP001 error']);
    const long = knot({ longest: modules(6), newArcs: ['a -> b'] });
    expect(codes({ hasBaseline: true, knots: [known, long] })).toEqual(['IMP002 error']);
    expect(findings({ hasBaseline: true, knots: [fresh] })[0]?.evidence?.at(-1)).toBe(
      'not in the baseline: a -> b',
    );
  });

  it('counts the knots that it does not show', () => {
    const many = Array.from({ length: 53 }, () => knot());
    const all = findings({ knots: many }, { maxCycles: 100 });
    expect(all).toHaveLength(51);
    expect(all.at(-1)?.message).toMatch(/^3 further knots/);
  });

  it('lists further imports to move', () => {
    const moves = ['c', 'd'].map((from) => ({
      ...step(from, 'a'),
      column: 1,
      fix: { kind: 'defer' as const, text: 'move it' },
    }));
    const [finding] = findings({ knots: [knot({ importsToMove: moves, lowerBound: 1 })] });
    expect(finding?.fix?.text).toBe('move it; then d.py:3');
    expect(finding?.cause?.text).toBe('2 imports close all circles of the knot (at least 1)');
  });

  describe('with modules that crash when they are imported first', () => {
    const crash = {
      module: 'a',
      outcome: 'crash' as const,
      error: {
        type: 'ImportError',
        message: "cannot import name 'x' from partially initialized module 'a'",
        path: 'b.py',
        line: 3,
      },
      found: 'predicted' as const,
      chain: [step('a', 'b'), step('b', 'a')],
    };

    it('warns, with the chain and the import to move on it', () => {
      const [, finding] = findings({ knots: [knot()], crashes: [crash] });
      expect(finding).toMatchObject({
        code: 'IMP003',
        severity: 'warning',
        location: { path: 'b.py', line: 3 },
        cause: { certainty: 'likely' },
        fix: { text: 'move it into `b.work`', location: { path: 'b.py', line: 3, column: 8 } },
      });
      expect(finding?.evidence).toEqual([
        'python -c "import a"',
        'a.py:3 in a imports b',
        'b.py:3 in b imports a',
        "b.py:3 ImportError: cannot import name 'x' from partially initialized module 'a'",
        'predicted from the source; `verify: true` tries it',
      ]);
    });

    it('is certain of what was tried', () => {
      const [finding] = findings({ crashes: [{ ...crash, found: 'tried' }] });
      expect(finding).toMatchObject({ code: 'IMP003', cause: { certainty: 'certain' } });
      expect(finding).not.toHaveProperty('fix');
    });

    it.each([
      ['tried', 'ModuleNotFoundError', "No module named 'numpy'"],
      ['predicted', 'AssertionError', ''],
    ] as const)('when %s, does not blame the cycle for %s, and prints no fix', (found, type, message) => {
      const error = { type, message, path: 'b.py', line: 1 };
      const [, finding] = findings({ knots: [knot()], crashes: [{ ...crash, error, found }] });
      expect(finding).toMatchObject({ code: 'IMP003', cause: { certainty: 'unknown' } });
      expect(finding?.message).toMatch(message === '' ? /AssertionError$/ : /numpy'$/);
      expect(finding).not.toHaveProperty('fix');
    });

    it.each([
      [2, 3, undefined],
      [3, 3, 1],
      [3, limits.maxFirstImportCrashes, undefined],
    ])(
      'with %i modules left and %i allowed, tells what it can',
      (firstImportsLeft, maxFirstImportCrashes, reasons) => {
        const observation = observed({ crashes: [crash], firstImports: 10, firstImportsLeft });
        const { inconclusive } = judgeProject(observation, { ...limits, maxFirstImportCrashes });
        expect(inconclusive?.length).toBe(reasons);
      },
    );

    it.each([
      [1, 'warning'],
      [0, 'error'],
    ])('fails above a limit of %i only', (maxFirstImportCrashes, severity) => {
      expect(codes({ crashes: [crash] }, { maxFirstImportCrashes })).toEqual([`IMP003 ${severity}`]);
    });

    it('speaks of a limit only where there is one', () => {
      const [unlimited] = findings({ crashes: [crash] });
      expect(unlimited).not.toHaveProperty('limit');
      expect(unlimited).not.toHaveProperty('measured');
      const [limited] = findings({ crashes: [crash] }, { maxFirstImportCrashes: 3 });
      expect(limited).toMatchObject({
        measured: { value: 1, unit: 'count' },
        limit: { name: 'maxFirstImportCrashes', value: 3, unit: 'count', bound: 'most' },
      });
    });
  });

  it.each([
    [29_999, []],
    [30_000, ['IMP005 error']],
  ])('judges an analysis of %i ms', (searchMs, expected) => {
    expect(codes({ searchMs })).toEqual(expected);
  });

  it.each([
    [0, []],
    [1, ['IMP006 error']],
  ])('judges %i missed imports', (missedCount, expected) => {
    const comparison = { files: 3, imports: 9, missed: ['a.py:1 imports b'], missedCount };
    expect(codes({ comparison })).toEqual(expected);
  });

  it('passes on problems as warnings and stale exceptions as notes', () => {
    const problems = Array.from({ length: 25 }, (_, i) => ({ path: `x${i}.py`, line: 1, message: 'bad' }));
    const stale = [{ path: 'a.py', line: null, message: 'not needed' }];
    const all = codes({ problems, stale });
    expect(all.filter((code) => code === 'IMP007 warning')).toHaveLength(20);
    expect(all.at(-1)).toBe('IMP008 note');
  });
});
