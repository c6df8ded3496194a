import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { predictFirstImports } from '../../src/first-import/predict-first-imports.ts';
import { generateProject } from './generator/generate-project.ts';
import { writeProject } from './generator/project-files.ts';
import { indexOf, projectIn } from './project-in.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seaworthy-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a module is predicted alike alone and among all others, in any order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.integer({ min: 8, max: 14 }),
      fc.infiniteStream(fc.nat()),
      async (seed, minor, ranks) => {
        const base = mkdtempSync(join(folder, 'project-'));
        const graph = writeProject(generateProject(seed, minor), base);
        const python = [3, minor] as const;
        const indexes = graph.modules
          .map((_, index) => ({ index, rank: ranks.next().value }))
          .sort((left, right) => left.rank - right.rank)
          .map(({ index }) => index);
        const together = await predictFirstImports(graph, indexes, { python });
        const alone = [];
        for (const index of indexes) alone.push(...(await predictFirstImports(graph, [index], { python })));
        expect(together).toEqual(alone);
      },
    ),
    { numRuns: 150 },
  );
});

test('what one first import puts into a container is not there for the next', async () => {
  const changed = 'import pkg\nif pkg.REG or "a" in pkg.SEEN or pkg.Base.marked:\n    raise ValueError\n';
  const graph = await projectIn(folder, {
    'pkg/__init__.py': 'REG = []\nSEEN = {}\nclass Base:\n    marked = False\n',
    'pkg/a.py': 'import pkg\npkg.REG.append(1)\npkg.SEEN["a"] = 1\npkg.Base.marked = True\nimport pkg.b\n',
    'pkg/b.py': 'import pkg.a\n',
    'pkg/c.py': `${changed}import pkg.d\n`,
    'pkg/d.py': `${changed}import pkg.c\n`,
  });
  const outcomes = async (...names: string[]) =>
    (
      await predictFirstImports(
        graph,
        names.map((name) => indexOf(graph, name)),
      )
    ).map(({ outcome }) => outcome);
  expect(await outcomes('pkg.a', 'pkg.b', 'pkg.c', 'pkg.d')).toEqual(['ok', 'ok', 'ok', 'ok']);
  expect(await outcomes('pkg.d', 'pkg.c', 'pkg.b', 'pkg.a')).toEqual(['ok', 'ok', 'ok', 'ok']);
});

test('an exception that a package keeps is raised anew in each first import', async () => {
  const graph = await projectIn(folder, {
    'pkg/__init__.py': 'KEPT = ImportError("kept")\n',
    'pkg/a.py': 'import pkg\nraise pkg.KEPT\n',
    'pkg/b.py': 'import pkg\n\nraise pkg.KEPT\n',
  });
  const found = await predictFirstImports(graph, [indexOf(graph, 'pkg.a'), indexOf(graph, 'pkg.b')]);
  expect(found.map(({ error }) => [error?.path, error?.line])).toEqual([
    ['pkg/a.py', 2],
    ['pkg/b.py', 3],
  ]);
});

test('a lazy import of a package is executed in each first import that uses it', async () => {
  const graph = await projectIn(folder, {
    'pkg/__init__.py': 'lazy import other\n',
    'pkg/a.py': 'import pkg\npkg.other\n',
    'pkg/b.py': 'import pkg\npkg.other\n',
    'other.py': 'raise ImportError\n',
  });
  const found = await predictFirstImports(graph, [indexOf(graph, 'pkg.a'), indexOf(graph, 'pkg.b')], {
    python: [3, 15],
  });
  expect(found.map(({ outcome }) => outcome)).toEqual(['crash', 'crash']);
});

test('beyond the limit of work, the last modules by name are left out', async () => {
  const graph = await projectIn(folder, { 'a.py': 'import b\n', 'b.py': 'import a\n', 'c.py': 'x = 1\n' });
  const names = async (workLimit: number) =>
    (await predictFirstImports(graph, [2, 1, 0], { workLimit })).map(({ module }) => module);
  expect(await names(100)).toEqual(['c', 'b', 'a']);
  expect(await names(3)).toEqual(['b', 'a']);
  expect(await names(0)).toEqual([]);
});
