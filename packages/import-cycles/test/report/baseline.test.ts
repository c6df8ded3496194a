import {
  chmodSync,
  lstatSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '@seaworthy/scenario';
import { readBaseline, writeBaseline } from '../../src/report/baseline-file.ts';
import {
  type Baseline,
  compareWithBaseline,
  createBaseline,
  updateBaseline,
} from '../../src/report/baseline.ts';
import { projectOf } from './project-of.ts';

type Arcs = readonly (readonly [string, string])[];

/** A report of knots given by their arcs. */
const found = (...knots: Arcs[]) => ({
  language: 'python' as const,
  view: 'import-time' as const,
  knots: knots.map((arcs, at) => ({ id: `k${at}`, arcs: arcs.map(([from, to]) => ({ from, to })) })),
});

const pair: Arcs = [
  ['a', 'b'],
  ['b', 'a'],
];
const triangle: Arcs = [
  ['a', 'b'],
  ['b', 'c'],
  ['c', 'a'],
  ['b', 'a'],
];

const newArcs = (report: ReturnType<typeof found>, baseline: Baseline): string[] =>
  [...compareWithBaseline(report, baseline).newArcs.values()].flat().map(({ from, to }) => `${from}>${to}`);
const gone = (report: ReturnType<typeof found>, baseline: Baseline): string[] =>
  compareWithBaseline(report, baseline).gone.map(({ from, to }) => `${from}>${to}`);

describe('compareWithBaseline', () => {
  it('accepts what it was created from', () => {
    const report = found(triangle, [['x', 'x']]);
    expect(newArcs(report, createBaseline(report))).toEqual([]);
    expect(gone(report, createBaseline(report))).toEqual([]);
  });

  it('accepts a knot that shrank or split, and says what is gone', () => {
    const baseline = createBaseline(found([...pair, ['b', 'x'], ['x', 'y'], ['y', 'x'], ['y', 'a']]));
    const split = found(pair, [
      ['x', 'y'],
      ['y', 'x'],
    ]);
    expect(newArcs(split, baseline)).toEqual([]);
    expect(gone(split, baseline)).toEqual(['b>x', 'y>a']);
  });

  it('names a new arc inside an old knot', () => {
    const baseline = createBaseline(
      found([
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'a'],
      ]),
    );
    expect(
      newArcs(
        found([
          ['a', 'b'],
          ['b', 'c'],
          ['c', 'a'],
          ['a', 'c'],
        ]),
        baseline,
      ),
    ).toEqual(['a>c']);
  });

  it('names the arc that joins two accepted knots', () => {
    const other: Arcs = [
      ['x', 'y'],
      ['y', 'x'],
    ];
    const baseline = createBaseline(found(pair, other));
    expect(newArcs(found([...pair, ...other, ['a', 'x'], ['x', 'a']]), baseline)).toEqual(['a>x', 'x>a']);
  });

  it('takes a renamed module for a new one', () => {
    const baseline = createBaseline(found(pair));
    const renamed = found([
      ['a', 'b2'],
      ['b2', 'a'],
    ]);
    expect(newArcs(renamed, baseline)).toEqual(['a>b2', 'b2>a']);
    expect(gone(renamed, baseline)).toEqual(['a>b', 'b>a']);
  });

  describe('of an analysis of a part of the project', () => {
    const files = new Set(['/p/src/acme/a.py', '/p/src/acme/b.py', '/p/src/acme/c/__init__.py']);
    const whole = (report: ReturnType<typeof found>, ...modules: string[]) => ({
      ...report,
      base: '/p',
      roots: ['src'],
      modules: modules.map((name) => ({ name, path: name })),
    });
    const ring: Arcs = [
      ['acme.a', 'acme.b'],
      ['acme.b', 'acme.c'],
      ['acme.c', 'acme.a'],
    ];
    const baseline = createBaseline(whole(found(ring), 'acme.a', 'acme.b', 'acme.c'));
    const goneFrom = (report: Parameters<typeof compareWithBaseline>[0]): string[] =>
      compareWithBaseline(report, baseline, (path) => files.has(path)).gone.map(({ from }) => from);

    it('says nothing of what it did not look at', () => {
      expect(goneFrom(whole(found(), 'test_acme'))).toEqual([]);
      // The way through acme.c may still be there.
      expect(goneFrom(whole(found(), 'acme.a', 'acme.b'))).toEqual([]);
      expect(goneFrom({ ...whole(found(), 'other'), base: '/q' })).toEqual([]);
    });

    it('says what is gone from all that it looked at', () => {
      expect(goneFrom(whole(found(), 'acme.a', 'acme.b', 'acme.c'))).toEqual(['acme.a', 'acme.b', 'acme.c']);
    });

    it('says so of a module whose file was deleted', () => {
      files.delete('/p/src/acme/c/__init__.py');
      expect(goneFrom(whole(found(), 'acme.a', 'acme.b'))).toEqual(['acme.a', 'acme.b', 'acme.c']);
      expect(goneFrom(whole(found(), 'test_acme'))).toEqual([]);
    });

    it('is one of all that a baseline knows which does not say, where it is of the folder that holds it', () => {
      const { roots: _, ...older } = { ...baseline, file: '/p/ci/cycles.json' };
      const gonesFrom = (report: Parameters<typeof compareWithBaseline>[0], known: Baseline): number =>
        compareWithBaseline(report, known, (path) => files.has(path)).gone.length;
      const part = whole(found(), 'acme.a', 'acme.b');
      expect(gonesFrom(part, older)).toBe(3);
      expect(gonesFrom({ ...part, base: '/p/src', roots: ['.'] }, older)).toBe(0);
      files.add('/p/src/acme/c.py');
      expect(gonesFrom(part, older)).toBe(0);
    });

    it('takes nothing out of the baseline', () => {
      const base = projectOf({ 'src/acme/a.py': '', 'src/acme/b.py': '', 'src/acme/c/__init__.py': '' });
      const known = createBaseline({ ...whole(found(ring)), base });
      expect(updateBaseline(known, { ...whole(found(), 'test_acme'), base })).toEqual(known);
      rmSync(join(base, 'src/acme/b.py'));
      expect(updateBaseline(known, { ...whole(found(), 'acme.a', 'acme.c'), base }).arcs).toEqual([]);
    });
  });

  it('refuses a baseline of another view', () => {
    const baseline: Baseline = { ...createBaseline(found(pair)), view: 'all' };
    expect(() => compareWithBaseline(found(pair), baseline)).toThrow(UsageError);
    expect(() => compareWithBaseline(found(pair), baseline)).toThrow(/view all.*view import-time/);
  });
});

describe('updateBaseline', () => {
  it('only shrinks', () => {
    const baseline = createBaseline(found(triangle));
    const updated = updateBaseline(baseline, found([...pair, ['a', 'new'], ['new', 'a']]));
    expect(updated.arcs).toEqual([
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
    ]);
  });

  it('adds what is new where that is asked for', () => {
    const report = found([...pair, ['a', 'new'], ['new', 'a']]);
    const updated = updateBaseline(createBaseline(found(triangle)), report, { accept: true });
    expect(updated.arcs).toEqual(createBaseline(report).arcs);
  });
});

describe('a baseline file', () => {
  it('comes back as it was written, hostile names and all', async () => {
    const file = join(projectOf({ '.keep': '' }), 'cycles.json');
    const baseline = createBaseline(
      found([
        ['__proto__', '12'],
        ['12', '__proto__'],
        ['a\n"b', '12'],
        ['12', 'a\n"b'],
      ]),
    );
    await writeBaseline(file, baseline);
    expect(await readBaseline(file)).toEqual({ ...baseline, file });
    expect(readFileSync(file, 'utf8')).toContain('    "12": ["__proto__","a\\n\\"b"]');
    expect(readdirSync(dirname(file)).sort()).toEqual(['.keep', 'cycles.json']);
  });

  it('holds the folders of its modules relative to itself, so that a project can be moved', async () => {
    const folder = projectOf({ 'src/a.py': '' });
    const file = join(folder, 'ci/cycles.json');
    const baseline = createBaseline({ ...found(pair), base: folder, roots: ['src'], modules: [] });
    await writeBaseline(file, baseline);
    expect(readFileSync(file, 'utf8')).toContain('"roots": ["..", "../src"],\n');
    expect(await readBaseline(file)).toEqual({ ...baseline, file });
  });

  it('is written the same whatever the order of the knots', async () => {
    const folder = projectOf({ '.keep': '' });
    await writeBaseline(join(folder, 'one'), createBaseline(found(triangle, [['x', 'x']])));
    await writeBaseline(join(folder, 'two'), createBaseline(found([['x', 'x']], [...triangle].reverse())));
    expect(readFileSync(join(folder, 'one'), 'utf8')).toBe(readFileSync(join(folder, 'two'), 'utf8'));
  });

  it.each([
    ['{', 'is malformed: it is no JSON'],
    ['[]', 'expected an object'],
    ['{"schema": 2, "language": "python", "view": "all", "cycles": {}}', 'expected "schema": 1, got 2'],
    [
      '{"schema": 1, "language": "ruby", "view": "all", "cycles": {}}',
      '"language" to be one of python, typescript, got "ruby"',
    ],
    [
      '{"schema": 1, "language": "python", "view": "time", "cycles": {}}',
      '"view" to be one of import-time, all, runtime',
    ],
    [
      '{"schema": 1, "language": "python", "view": "all", "cycle": {}}',
      'unknown key "cycle"; did you mean "cycles"?',
    ],
    ['{"schema": 1, "language": "python", "view": "all", "cycles": {"a": "b"}}', '"cycles" "a" to be a list'],
    [
      '{"schema": 1, "language": "python", "view": "all", "roots": [1], "cycles": {}}',
      '"roots" to be a list',
    ],
  ])('that holds %s is refused with the reason', async (text, reason) => {
    const file = join(projectOf({ 'cycles.json': text }), 'cycles.json');
    const error = await readBaseline(file).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).message).toContain(file);
    expect((error as UsageError).message).toContain(reason);
  });

  it('that is missing says what to do', async () => {
    await expect(readBaseline('/nowhere/cycles.json')).rejects.toThrow(
      /no baseline \/nowhere\/cycles.json: write one/,
    );
  });

  it('is written where a link points, with the permissions that it had, and in new folders', async () => {
    const folder = projectOf({ 'shared/cycles.json': 'old' });
    const target = join(folder, 'shared/cycles.json');
    const link = join(folder, 'cycles.json');
    chmodSync(target, 0o664);
    symlinkSync('shared/cycles.json', link);
    const baseline = createBaseline(found(pair));
    await writeBaseline(link, baseline);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(await readBaseline(target)).toEqual({ ...baseline, file: target });
    expect(statSync(target).mode & 0o777).toBe(0o664);
    const made = join(folder, 'not/there/cycles.json');
    await writeBaseline(made, baseline);
    expect(await readBaseline(made)).toEqual({ ...baseline, file: made });
  });

  it('that cannot be written leaves the old one alone', async () => {
    const file = join(projectOf({ 'folder/cycles.json': 'old' }), 'folder');
    await expect(writeBaseline(file, createBaseline(found(pair)))).rejects.toThrow(UsageError);
    expect(readFileSync(join(file, 'cycles.json'), 'utf8')).toBe('old');
    expect(readdirSync(dirname(file))).toEqual(['folder']);
    writeFileSync(join(file, 'cycles.json'), 'still writable');
  });
});
