import { describe, expect, it } from 'vitest';
import { dearestOf } from '../../../src/scenarios/collect/dearest.ts';
import { observeRun, thinned } from '../../../src/scenarios/collect/observe-run.ts';
import type { CollectionRun } from '../../../src/model/collection-run.ts';
import type { Recording } from '../../../src/model/recording.ts';

const recording = (change: Partial<Recording> = {}): Recording => ({
  phases: [],
  collectors: [],
  conftests: [],
  imports: [],
  sources: [],
  hooks: [],
  errors: [],
  memory: [],
  garbage: { runs: [0, 0, 0], wallMs: 0 },
  last: { phase: 'exit', atMs: 0 },
  ...change,
});
const run = (change: Partial<CollectionRun> = {}): CollectionRun => ({
  outcome: { kind: 'finished' },
  recording: recording(),
  command: ['python'],
  cwd: '/tmp/x/trees/a1',
  runner: 'host',
  bytecode: 'cold',
  exit: { code: 0, signal: null },
  wallMs: 900,
  cpuMs: 800,
  peak: { bytes: 60_000_000, source: 'cgroup-v1', processes: [] },
  spans: [],
  output: { stdout: '', stderr: '' },
  leftBehind: [],
  ...change,
});
const surroundings = {
  tree: {
    root: '/tmp/x/trees/a1',
    spec: { kind: 'simple', files: 2, tests: 10 } as const,
    files: 2,
    tests: 20,
    digest: 'a1',
    reused: false,
  },
  share: 0.002,
  waitedForCpuMs: null,
};
const observe = (change: Partial<CollectionRun>) => observeRun(run(change), surroundings);

describe('observeRun', () => {
  it('counts the tests that are selected, and the files that have some', () => {
    const items = {
      found: 20,
      deselected: 10,
      hash: 'h',
      sortedHash: 's',
      files: [
        { path: '/tmp/x/trees/a1/test_1.py', found: 10, deselected: 10 },
        { path: '/tmp/x/trees/a1/test_2.py', found: 10, deselected: 0 },
      ],
    };
    const observed = observe({ recording: recording({ items }) });
    expect(observed.found).toEqual({ tests: 10, files: 1, deselected: 10 });
    expect(observed.hash).toBe('s');
    expect(observed.expected).toEqual({ files: 2, tests: 20 });
  });

  it('knows nothing of tests where collection did not come to its end', () => {
    expect(observe({})).toMatchObject({ found: null, hash: null, errors: 0, python: '', pytest: '' });
  });

  it('names files by their place in the tree, since its folder is another in each run', () => {
    const outcome = {
      kind: 'vanished',
      exitCode: 3,
      at: { phase: 'collect', path: '/tmp/x/trees/a1/quay/test_1.py', atMs: 3 },
    } as const;
    expect(observe({ outcome }).outcome).toEqual({
      ...outcome,
      at: { ...outcome.at, path: 'quay/test_1.py' },
    });
  });

  it('keeps twenty errors and counts them all', () => {
    const errors = Array.from({ length: 31 }, (_, i) => ({
      nodeId: `test_${i}.py`,
      type: 'ImportError',
      message: 'm',
      traceback: 't',
    }));
    const observed = observe({ outcome: { kind: 'errors', errors } });
    expect(observed.errors).toBe(31);
    expect(observed.outcome).toMatchObject({ errors: errors.slice(0, 20) });
  });

  it('is plain data, whatever was undefined', () => {
    const observed = observe({
      outcome: { kind: 'timed-out', afterMs: 1, at: { phase: 'exit', atMs: 1 }, stacks: [] },
    });
    expect(JSON.parse(JSON.stringify(observed))).toStrictEqual(observed);
  });
});

describe('thinned', () => {
  const curve = Array.from({ length: 5_000 }, (_, i) => ({ atMs: i, bytes: i === 777 ? 9_999 : i % 5_000 }));

  it('keeps the first, the last and the highest point of a curve', () => {
    const few = thinned(curve, 100);
    expect(few.length).toBeLessThanOrEqual(100);
    expect(few[0]).toBe(curve[0]);
    expect(few.at(-1)).toBe(curve.at(-1));
    expect(few).toContain(curve[777]);
  });

  it('leaves a short one as it is', () => {
    expect(thinned(curve.slice(0, 100), 100)).toEqual(curve.slice(0, 100));
    expect(thinned([], 100)).toEqual([]);
  });
});

describe('dearestOf', () => {
  it('takes from an import what others inside it took', () => {
    const imports = [
      { module: 'pandas', parent: -1, atMs: 0, wallMs: 900, cpuMs: 0, memoryBytes: 60 },
      { module: 'numpy', parent: 0, atMs: 1, wallMs: 700, cpuMs: 0, memoryBytes: 50 },
    ];
    expect(dearestOf(recording({ imports }))).toEqual([
      { what: 'import', name: 'pandas', wallMs: 200, memoryBytes: 10 },
      { what: 'import', name: 'numpy', wallMs: 700, memoryBytes: 50 },
    ]);
  });

  it("leaves out pytest's own hooks, and says which plugin an installed one is of", () => {
    const pytest = {
      version: '9.0.3',
      pluggy: '1.6',
      rootdir: '/',
      testpaths: [],
      args: [],
      plugins: [
        { name: 'python', origin: 'builtin' },
        { name: 'slowpoke', origin: 'entry-point' },
        { name: '/t/conftest.py', origin: 'conftest' },
      ],
    } as const;
    const hook = (plugin: string) => ({ plugin, hook: 'pytest_x', calls: 1, wallMs: 5, memoryBytes: 0 });
    const hooks = pytest.plugins.map(({ name }) => hook(name));
    expect(dearestOf(recording({ pytest, hooks })).map(({ name, plugin }) => [name, plugin])).toEqual([
      ['pytest_x of slowpoke', 'slowpoke'],
      ['pytest_x of /t/conftest.py', undefined],
    ]);
  });

  it('keeps the three that took most time, and the three that took most memory', () => {
    const conftests = Array.from({ length: 10 }, (_, i) => ({
      path: `${i}`,
      atMs: 0,
      wallMs: i,
      cpuMs: 0,
      memoryBytes: 10 - i,
      failed: false,
    }));
    expect(dearestOf(recording({ conftests })).map(({ name }) => name)).toEqual([
      '0',
      '1',
      '2',
      '7',
      '8',
      '9',
    ]);
  });
});
