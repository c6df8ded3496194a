import { describe, expect, it } from 'vitest';
import { chanceRatio, RUN_TO_RUN } from '../../src/compare/chance-ratio.ts';
import { compareProfiles } from '../../src/compare/compare-profiles.ts';
import type { ComparedProfiles } from '../../src/compare/profile-comparison.ts';
import type { CollectionProfile, ProfileNode, RunFigures } from '../../src/model/collection-profile.ts';
import { aProfile } from '../formats/a-profile.ts';

const MB = 1_000_000;
const FILES = Array.from({ length: 12 }, (_, i) => `tests/test_${i}.py`);

/** A profile of 12 files of 100 ms each, unless some cost something else. */
function profile(
  costs: Readonly<Record<string, { cpuMs?: number; memoryBytes?: number }>> = {},
  change: Partial<CollectionProfile> = {},
): CollectionProfile {
  const children = FILES.map((path): ProfileNode => ({
    name: path.slice(6),
    kind: 'file',
    path,
    wallMs: 100,
    cpuMs: 100,
    memoryBytes: MB,
    items: 10,
    errors: 0,
    children: [],
    ...costs[path],
  }));
  const folder = { wallMs: 1, cpuMs: 1, memoryBytes: 0, items: 120, errors: 0, kind: 'folder' } as const;
  const base = aProfile();
  return {
    ...base,
    tests: { found: 120, deselected: 0, files: 12, hash: 'same' },
    files: FILES.map((path) => ({
      path,
      wallMs: 100,
      cpuMs: 100,
      memoryBytes: MB,
      items: 10,
      deselected: 0,
      rewriteMs: 0,
      execMs: 0,
    })),
    runs: { warm: run() },
    tree: { ...folder, name: '', children: [{ ...folder, name: 'tests', path: 'tests', children }] },
    ...change,
  };
}

function run(change: Partial<RunFigures> = {}): RunFigures {
  return {
    wallMs: 2000,
    cpuMs: 1500,
    peak: { bytes: 100 * MB, source: 'cgroup-v2', processes: [] },
    phases: [],
    spans: [],
    memory: [],
    gcMs: 0,
    bytecodeHits: 12,
    bytecodeMisses: 0,
    rewriteMs: 0,
    ...change,
  };
}

function compared(before: CollectionProfile, after: CollectionProfile): ComparedProfiles {
  const comparison = compareProfiles(before, after);
  if (comparison.kind !== 'compared') throw new Error(comparison.differences[0]?.message ?? '');
  return comparison;
}

const messages = (before: CollectionProfile, after: CollectionProfile) => {
  const comparison = compareProfiles(before, after);
  return comparison.kind === 'compared' ? [] : comparison.differences.map(({ message }) => message);
};

describe('chanceRatio', () => {
  it('grows with the spread and with the number of comparisons', () => {
    expect(chanceRatio(RUN_TO_RUN.cpu)).toBeCloseTo(1.47, 2);
    expect(chanceRatio(RUN_TO_RUN.peak)).toBeCloseTo(1.0083, 3);
    expect(chanceRatio(RUN_TO_RUN.cpu, 1000)).toBeGreaterThan(2);
  });
});

describe('compareProfiles', () => {
  it('finds nothing between equal profiles', () => {
    const same = compared(profile(), profile());
    expect(same).toMatchObject({ state: 'warm', commonFactor: 1 });
    for (const figure of [same.cpuMs, same.wallMs, same.peakBytes])
      expect(figure).toMatchObject({ ratio: 1, conclusion: 'cannot-tell' });
    for (const changes of [same.files, same.conftests, same.imports, same.plugins])
      expect(changes).toEqual([]);
  });

  it.each([
    [1.4, 'cannot-tell'],
    [1.5, 'more'],
    [0.7, 'cannot-tell'],
    [0.6, 'less'],
  ] as const)('says of %d times the processor time: %s', (factor, conclusion) => {
    const after = profile({}, { runs: { warm: run({ cpuMs: 1500 * factor }) } });
    expect(compared(profile(), after).cpuMs.conclusion).toBe(conclusion);
  });

  it('is far surer of memory', () => {
    const peak = (bytes: number) => run({ peak: { bytes, source: 'cgroup-v2', processes: [] } });
    const after = profile({}, { runs: { warm: peak(101 * MB) } });
    expect(compared(profile(), after).peakBytes.conclusion).toBe('more');
  });

  it('names the file that got slower, and by how much', () => {
    const after = profile({ 'tests/test_3.py': { cpuMs: 400 } });
    expect(compared(profile(), after).files).toMatchObject([
      {
        name: 'tests/test_3.py',
        state: 'changed',
        clock: 'cpu',
        time: { before: 100, after: 400, ratio: 4, conclusion: 'more' },
        certainty: 'likely',
      },
    ]);
  });

  it('does not swear to what chance does among many files', () => {
    const [change] = compared(profile(), profile({ 'tests/test_3.py': { cpuMs: 150 } })).files;
    expect(change).toMatchObject({ time: { conclusion: 'cannot-tell' }, certainty: 'cannot-tell' });
  });

  it('names the file that got heavier, not one by less than an arena', () => {
    const after = profile({
      'tests/test_1.py': { memoryBytes: 30 * MB },
      'tests/test_2.py': { memoryBytes: 2 * MB },
    });
    const changes = compared(profile(), after).files;
    expect(changes).toMatchObject([
      { name: 'tests/test_1.py', memoryBytes: { before: MB, after: 30 * MB }, certainty: 'likely' },
    ]);
  });

  it('takes out what all files have in common', () => {
    const busy = Object.fromEntries(FILES.map((path) => [path, { cpuMs: 200 }]));
    const after = profile({ ...busy, 'tests/test_5.py': { cpuMs: 800 } });
    const { commonFactor, files, notes } = compared(profile(), after);
    expect(commonFactor).toBe(2);
    expect(files).toMatchObject([{ name: 'tests/test_5.py', time: { before: 100, after: 400 } }]);
    expect(notes.some((note) => note.startsWith('All files changed alike, by a factor of 2.00'))).toBe(true);
  });

  it('tells of an import and a plugin that are new, and of one that is gone', () => {
    const base = aProfile();
    const [pandas] = base.imports;
    const [xdist] = base.plugins;
    if (pandas === undefined || xdist === undefined) throw new Error('Expected an import and a plugin');
    const before = profile({}, { imports: [], plugins: [{ ...xdist, importMs: 500, hooksMs: 0 }] });
    const after = profile({}, { imports: [{ ...pandas, selfMs: 300 }], plugins: [] });
    const { imports, plugins } = compared(before, after);
    expect(imports).toMatchObject([{ name: 'pandas', state: 'new', clock: 'wall', certainty: 'likely' }]);
    expect(plugins).toMatchObject([{ name: 'xdist', state: 'gone', time: { before: 500, after: 0 } }]);
  });

  it('survives JSON, whatever is new', () => {
    const comparison = compareProfiles(profile({}, { imports: [] }), profile({}, { conftests: [] }));
    expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison);
  });

  it('says which versions and commands differ', () => {
    const after = profile({}, { python: { version: '3.13.0', executable: 'p' }, command: 'pytest x' });
    const { notes } = compared(profile(), after);
    expect(notes).toContain('Python was 3.12.1 and is 3.13.0');
    expect(notes).toContain('The command was python3 -m pytest --collect-only tests and is pytest x');
  });

  it('compares the runs without bytecode where one has no other, and no details then', () => {
    const before = profile({}, { runs: { cold: run(), warm: run() } });
    const after = profile({ 'tests/test_3.py': { cpuMs: 400 } }, { runs: { cold: run() } });
    expect(compared(before, after)).toMatchObject({ state: 'cold', files: [] });
  });
});

describe('compareProfiles, of what is not the same work', () => {
  it('names files whose number of tests changed', () => {
    const before = profile();
    const files = before.files.map((file, i) => (i === 2 ? { ...file, items: 11 } : file)).slice(0, 11);
    const comparison = compareProfiles(
      before,
      profile({}, { files, tests: { found: 111, deselected: 0, files: 11, hash: 'other' } }),
    );
    expect(comparison).toMatchObject({
      kind: 'not-comparable',
      differences: [
        {
          kind: 'tests',
          message: '120 tests before, 111 after',
          examples: ['tests/test_11.py: 10 before, none after', 'tests/test_2.py: 10 before, 11 after'],
        },
      ],
    });
  });

  it('sees other tests of the same number', () => {
    const after = profile({}, { tests: { found: 120, deselected: 0, files: 12, hash: 'other' } });
    expect(messages(profile(), after)).toEqual([
      '120 tests before and after, but not the same ones, or in another order',
    ]);
  });

  it('sees what is deselected, errors, no tests, and no end', () => {
    const error = { nodeId: 'tests/test_x.py', type: 'ImportError', message: '', traceback: '' };
    const tests = { found: 120, deselected: 20, files: 12, hash: 'same' };
    expect(messages(profile(), profile({}, { tests }))).toEqual(['0 tests deselected before, 20 after']);
    expect(messages(profile(), profile({}, { errors: [error] }))).toEqual([
      'Not the same files fail to be collected: 0 errors before, 1 after',
    ]);
    const none = profile({}, { tests: { found: 0, deselected: 0, files: 0 }, files: [], errors: [error] });
    expect(messages(none, none)).toEqual([
      'The profile before collected no test at all',
      'The one after collected no test at all',
    ]);
    const vanished = { kind: 'vanished', exitCode: 0, at: { phase: 'collect', atMs: 1 } } as const;
    expect(messages(profile(), profile({}, { outcome: vanished }))).toEqual([
      'The collection of the one after did not come to its end: vanished',
    ]);
  });

  it('does not compare a cold run with a warm one', () => {
    expect(messages(profile({}, { runs: { cold: run() } }), profile())).toEqual([
      'One profile has only a run without bytecode of the project, the other only one with it',
    ]);
  });
});
