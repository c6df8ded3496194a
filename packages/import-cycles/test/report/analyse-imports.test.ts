import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { UsageError } from '@seaworthy/scenario';
import { digraphFromEdges } from '../../src/graph/digraph.ts';
import { knotsOf } from '../../src/graph/components.ts';
import type { ImportGraph } from '../../src/model/import-graph.ts';
import { analyseImports } from '../../src/report/analyse-imports.ts';
import type { AnalyseOptions } from '../../src/report/analyse-options.ts';
import { createBaseline } from '../../src/report/baseline.ts';
import type { ImportReport, Knot } from '../../src/report/import-report.ts';
import { type Edge, graphOf } from './graph-of.ts';

const analyse = (graph: ImportGraph, options: AnalyseOptions = {}): Promise<ImportReport> =>
  analyseImports(graph, { firstImports: 'none', readSource: () => undefined, ...options });

const deferred = { kind: 'function' as const };

describe('analyseImports', () => {
  it('reports a knot with its shortest cycle, all cycles, arcs and the fewest imports to move', async () => {
    const report = await analyse(
      graphOf([
        ['a', 'b', { line: 3 }],
        ['b', 'c', { line: 5, kind: 'try' }],
        ['c', 'a', { line: 7 }],
        ['b', 'a', { line: 9, column: 6 }],
        ['c', 'outside'],
      ]),
    );
    expect(report.knots).toHaveLength(1);
    const [knot] = report.knots;
    expect(knot!.modules).toEqual(['a', 'b', 'c']);
    expect(knot!.arcs.map(({ from, to }) => from + to)).toEqual(['ab', 'ba', 'bc', 'ca']);
    expect(knot!.witness).toEqual([
      { from: 'a', to: 'b', path: 'a.py', line: 3, kind: 'module' },
      { from: 'b', to: 'a', path: 'b.py', line: 9, kind: 'module' },
    ]);
    expect(knot!.cycles).toEqual({
      list: [
        ['a', 'b'],
        ['a', 'b', 'c'],
      ],
      complete: true,
    });
    expect(knot!.importsToMove).toMatchObject([{ from: 'a', to: 'b', line: 3 }]);
    expect(knot!.minimum).toEqual({ proof: 'exact', lowerBound: 1 });
    expect(report.imports).toHaveLength(5);
  });

  it('counts statements, not arcs, when it chooses what to move', async () => {
    const report = await analyse(
      graphOf([
        ['a', 'b', { line: 1 }],
        ['a', 'b', { line: 2 }],
        ['b', 'a', { line: 1, column: 20 }],
        // The same statement imports another name of the same module.
        ['b', 'a', { line: 1, column: 30 }],
      ]),
    );
    expect(report.knots[0]!.importsToMove.map(({ from, line, column }) => [from, line, column])).toEqual([
      ['b', 1, 20],
    ]);
  });

  it('lists every statement behind an arc that must go', async () => {
    const report = await analyse(
      graphOf([
        ['a', 'b', { line: 1 }],
        ['a', 'b', { line: 2 }],
        ['b', 'a', { line: 1 }],
        ['b', 'a', { line: 2 }],
        ['b', 'a', { line: 3 }],
      ]),
    );
    expect(report.knots[0]!.importsToMove.map(({ from, line }) => [from, line])).toEqual([
      ['a', 1],
      ['a', 2],
    ]);
    expect(report.knots[0]!.minimum).toEqual({ proof: 'exact', lowerBound: 2 });
  });

  it('takes the easier of two equally small sets', async () => {
    const sources: Record<string, string> = {
      'a.py': 'from b import B\nclass A(B): ...\n',
      'b.py': 'from a import A\ndef make():\n    return A()\n',
    };
    const form = { form: 'from' as const, line: 1, column: 15 };
    const graph = graphOf([
      ['a', 'b', form],
      ['b', 'a', form],
    ]);
    const report = await analyse(graph, { readSource: (path) => sources[path] });
    expect(report.knots[0]!.importsToMove).toMatchObject([{ from: 'b', to: 'a', fix: { kind: 'defer' } }]);
  });

  it('looks at the imports of the view that is asked for', async () => {
    const graph = graphOf([
      ['a', 'b'],
      ['b', 'a', deferred],
    ]);
    expect((await analyse(graph)).knots).toEqual([]);
    expect((await analyse(graph, { view: 'all' })).knots.map(({ modules }) => modules)).toEqual([['a', 'b']]);
  });

  it('follows the packages above a target in the runtime view, and names them in the witness', async () => {
    const graph = graphOf([
      ['p', 'q', { line: 4 }],
      ['q', 'p.sub', { line: 2 }],
    ]);
    expect((await analyse(graph)).knots).toEqual([]);
    const [knot] = (await analyse(graph, { view: 'runtime' })).knots;
    expect(knot!.witness.map(({ from, to, path, line }) => [from, to, path, line])).toEqual([
      ['p', 'q', 'p/__init__.py', 4],
      ['q', 'p', 'q.py', 2],
    ]);
  });

  it('reports a module that imports itself', async () => {
    const [knot] = (await analyse(graphOf([['a', 'a']]))).knots;
    expect(knot).toMatchObject({
      modules: ['a'],
      witness: [{ from: 'a', to: 'a' }],
      cycles: { list: [['a']] },
    });
    expect(knot!.importsToMove).toHaveLength(1);
  });

  it('bounds the list of cycles and says so', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const edges = names.flatMap((from) => names.filter((to) => to !== from).map((to): Edge => [from, to]));
    const [knot] = (await analyse(graphOf(edges), { cycleLimit: 7 })).knots;
    expect(knot!.cycles.list).toHaveLength(7);
    expect(knot!.cycles.complete).toBe(false);
    await expect(analyse(graphOf(edges), { cycleLimit: 0 })).rejects.toThrow(UsageError);
  });

  it('gives a knot the same id whatever else is in the graph', async () => {
    const alone = await analyse(
      graphOf([
        ['b', 'c'],
        ['c', 'b'],
      ]),
    );
    const among = await analyse(
      graphOf([
        ['c', 'b'],
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'z'],
      ]),
    );
    expect(among.knots[0]!.id).toBe(alone.knots[0]!.id);
    expect(alone.knots[0]!.id).toMatch(/^[0-9a-f]{10}$/);
    const other = await analyse(
      graphOf([
        ['b', 'd'],
        ['d', 'b'],
      ]),
    );
    expect(other.knots[0]!.id).not.toBe(alone.knots[0]!.id);
  });

  it('stops when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(
      analyse(
        graphOf([
          ['a', 'b'],
          ['b', 'a'],
        ]),
        { signal },
      ),
    ).rejects.toThrow('enough');
  });

  it('measures its time by the clock that it is given', async () => {
    let now = 100;
    const report = await analyse(graphOf([]), { clock: () => (now += 5), startedAt: 3 });
    expect(report.durationMs).toBe(102);
  });

  it('leaves no cycle when the imports to move are gone, and needs as many as it says', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const edge = fc.tuple(
      fc.constantFrom(...names),
      fc.constantFrom(...names),
      fc.integer({ min: 1, max: 9 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(edge, { maxLength: 18 }), async (list) => {
        const edges = list.map(([from, to, line]): Edge => [from, to, { line }]);
        const report = await analyse(graphOf(edges, { names }));
        const moved = report.knots.flatMap(({ importsToMove }) => importsToMove);
        expect(cyclesLeft(report, moved)).toBe(0);
        for (const each of moved) {
          expect(
            cyclesLeft(
              report,
              moved.filter((other) => other !== each && key(other) !== key(each)),
            ),
          ).toBeGreaterThan(0);
        }
        for (const knot of report.knots) expect(isCycle(knot)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

const key = ({ from, to }: { from: string; to: string }): string => `${from} ${to}`;

function cyclesLeft(report: ImportReport, moved: readonly { from: string; to: string }[]): number {
  const index = new Map(report.modules.map(({ name }, at) => [name, at]));
  const gone = new Set(moved.map(key));
  const left = report.imports.filter((entry) => !gone.has(key(entry)));
  const ends = (end: 'from' | 'to'): number[] => left.map((entry) => index.get(entry[end])!);
  return knotsOf(digraphFromEdges(index.size, ends('from'), ends('to'))).length;
}

function isCycle({ witness }: Knot): boolean {
  return witness.every(({ to }, at) => to === witness[(at + 1) % witness.length]!.from);
}

describe('ignore comments', () => {
  const edges: Edge[] = [
    ['a', 'b', { line: 1 }],
    ['b', 'a', { line: 4, statementLine: 3 }],
    ['b', 'c', { line: 9 }],
  ];

  it('take an import out of the search, and are listed with their reason', async () => {
    const report = await analyse(
      graphOf(edges, { ignore: [{ module: 'b', line: 3, reason: 'until spring' }] }),
    );
    expect(report.knots).toEqual([]);
    expect(report.ignored).toEqual([
      {
        from: 'b',
        to: 'a',
        path: 'b.py',
        line: 4,
        kind: 'module',
        reason: 'until spring',
        statement: { firstLine: 3, lastLine: 4 },
      },
    ]);
    expect(report.stale).toEqual([]);
  });

  it('take out all that their statement imports, on whichever of its lines they stand', async () => {
    const graph = graphOf(
      [
        ['a', 'b'],
        ['a', 'c', { line: 12, statementLine: 10 }],
        ['a', 'b', { line: 11, statementLine: 10 }],
        ['b', 'a', { line: 11, statementLine: 10 }],
        ['b', 'a', { line: 12, statementLine: 10 }],
      ],
      { ignore: [{ module: 'b', line: 12, reason: 'r' }] },
    );
    const report = await analyse(graph);
    expect(report.knots).toEqual([]);
    expect(report.ignored).toHaveLength(2);
  });

  it('without a reason ignore nothing, and say so', async () => {
    const report = await analyse(graphOf(edges, { ignore: [{ module: 'b', line: 3, reason: ' ' }] }));
    expect(report.knots).toHaveLength(1);
    expect(report.ignored).toEqual([]);
    expect(report.stale).toMatchObject([
      { path: 'b.py', line: 3, message: expect.stringContaining('gives no reason') },
    ]);
  });

  it.each([
    [
      'import-cycles',
      'names the unknown rule `import-cycles`, so it ignores nothing: did you mean import-cycle?',
    ],
    ['leak', 'names the unknown rule `leak`, so it ignores nothing: the only one is import-cycle'],
    ['', 'names no rule, so it ignores nothing: write `ignore[import-cycle]`'],
  ])('of another rule ignore nothing, and say so: %j', async (unknownRule, message) => {
    const report = await analyse(
      graphOf(edges, { ignore: [{ module: 'b', line: 3, reason: 'r', unknownRule }] }),
    );
    expect(report.knots).toHaveLength(1);
    expect(report.stale).toEqual([{ path: 'b.py', line: 3, message: `the ignore comment ${message}` }]);
  });

  it('are stale where their import is in no cycle, or there is no import', async () => {
    const ignore = [
      { module: 'b', line: 9, reason: 'old' },
      { module: 'c', line: 2, reason: 'older' },
    ];
    const report = await analyse(graphOf(edges, { ignore }));
    expect(report.stale).toMatchObject([
      { path: 'b.py', line: 9, message: expect.stringContaining('in no cycle') },
      { path: 'c.py', line: 2, message: expect.stringContaining('no import') },
    ]);
  });

  it('are not stale where another view has the cycle', async () => {
    const graph = graphOf(
      [
        ['a', 'b'],
        ['b', 'a', deferred],
      ],
      { ignore: [{ module: 'b', line: 1, reason: 'r' }] },
    );
    const report = await analyse(graph);
    expect(report.stale).toEqual([]);
    expect(report.ignored).toEqual([]);
    expect((await analyse(graph, { view: 'all' })).ignored).toHaveLength(1);
  });
});

describe('a baseline', () => {
  it('accepts what it knows, names what is new, and reports what is gone', async () => {
    const old = await analyse(
      graphOf([
        ['a', 'b'],
        ['b', 'a'],
        ['x', 'y'],
        ['y', 'x'],
        ['m', 'n'],
        ['n', 'm'],
      ]),
    );
    const now = graphOf([
      ['a', 'b'],
      ['b', 'a'],
      ['x', 'y'],
      ['y', 'x'],
      ['y', 'z'],
      ['z', 'x'],
    ]);
    const baseline = { ...createBaseline(old), file: '/project/shop/ci/cycles.json' };
    const report = await analyse(now, { baseline });
    expect(
      report.knots.map(({ modules, accepted, newArcs }) => [modules.join(''), accepted, newArcs]),
    ).toEqual([
      [
        'xyz',
        false,
        [
          { from: 'y', to: 'z' },
          { from: 'z', to: 'x' },
        ],
      ],
      ['ab', true, undefined],
    ]);
    expect(report.stale.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'ci/cycles.json: m -> n is in no cycle any more: remove it from the baseline',
      'ci/cycles.json: n -> m is in no cycle any more: remove it from the baseline',
    ]);
  });
});
