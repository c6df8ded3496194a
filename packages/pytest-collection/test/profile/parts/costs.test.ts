import { expect, test } from 'vitest';
import { buildTree } from '../../../src/profile/parts/build-tree.ts';
import { conftestCosts } from '../../../src/profile/parts/conftest-costs.ts';
import { fileCosts } from '../../../src/profile/parts/file-costs.ts';
import { importCosts } from '../../../src/profile/parts/import-costs.ts';
import { pluginCosts, priceOf } from '../../../src/profile/parts/plugin-costs.ts';
import { projectPath } from '../../../src/profile/parts/project-path.ts';
import { runFigures } from '../../../src/profile/parts/run-figures.ts';
import { BUILTIN, importOf, recordingOf, ROOT, runOf } from '../hand-made.ts';

const path = projectPath(ROOT);
const CART = `${ROOT}/tests/test_cart.py`;

test('paths of the project are relative, others are not', () => {
  expect(path(`${ROOT}/tests/test_cart.py`)).toBe('tests/test_cart.py');
  expect(path(ROOT)).toBe('.');
  expect(path('/code/shopping/test_a.py')).toBe('/code/shopping/test_a.py');
  expect(path(`${ROOT}/..hidden/a.py`)).toBe('..hidden/a.py');
});

test('an import costs what its own imports do not, and names the line that starts it', () => {
  const recording = recordingOf({
    imports: [
      importOf('pytest', { path: '/lib/pytest.py', wallMs: 140, atMs: 60, within: undefined! }),
      importOf('tests.test_cart', { path: CART, wallMs: 100 }),
      importOf('shop.cart', { parent: 1, path: `${ROOT}/src/shop/cart.py`, wallMs: 90 }),
      importOf('numpy', { parent: 2, wallMs: 70 }),
    ].map(({ within, ...record }) => (within === undefined ? record : { ...record, within })),
  });
  const costs = importCosts(recording, path, () => 'import os\nfrom shop.cart import Cart\n');
  expect(costs.map(({ module, selfMs }) => [module, selfMs])).toEqual([
    ['numpy', 70],
    ['shop.cart', 20],
  ]);
  expect(costs[0]).toMatchObject({
    chain: ['tests/test_cart.py', 'shop.cart', 'numpy'],
    location: { path: 'tests/test_cart.py', line: 2 },
    wallMs: 70,
  });
});

test('a collection of garbage is not laid to the import that it happened to hit', () => {
  const recording = recordingOf({
    imports: [
      importOf('shop.cart', { path: `${ROOT}/src/shop/cart.py`, wallMs: 90, gcMs: 45 }),
      importOf('sympy.series', { parent: 0, wallMs: 50, gcMs: 45 }),
    ],
  });
  expect(importCosts(recording, path, () => undefined)).toMatchObject([
    { module: 'shop.cart', selfMs: 40, wallMs: 45 },
    { module: 'sympy.series', selfMs: 5, wallMs: 5 },
  ]);
});

test('what the recorder measured of an import itself leaves out those too that are not told apart', () => {
  const recording = recordingOf({ imports: [importOf('numpy.core', { wallMs: 40, selfMs: 1 })] });
  expect(importCosts(recording, path, () => undefined)).toMatchObject([{ selfMs: 1, wallMs: 40 }]);
});

test('what stopped one run by chance is in no import, and one that the other run never told is cheap', () => {
  const recording = recordingOf({
    imports: [importOf('numpy', { wallMs: 30 }), importOf('asyncio.streams', { wallMs: 110 })],
  });
  const again = recordingOf({ imports: [importOf('numpy', { wallMs: 34 })] });
  expect(importCosts(recording, path, () => undefined, again)).toMatchObject([
    { module: 'numpy', selfMs: 30, wallMs: 30 },
    { module: 'asyncio.streams', selfMs: 0.9, wallMs: 0.9 },
  ]);
});

test('the recorder is no cost of the project', () => {
  const own = importOf('_seaworthy_collect.leftovers', { path: '/lib/leftovers.py', wallMs: 30 });
  const recording = recordingOf({ imports: [own, importOf('threading', { parent: 0, wallMs: 20 })] });
  expect(importCosts(recording, path, () => undefined)).toEqual([]);
});

test('a test file that could not be imported is no import of itself', () => {
  const { path: _, ...failed } = importOf('tests.test_cart', { wallMs: 100 });
  const recording = recordingOf({ imports: [failed, importOf('numpy', { parent: 0, wallMs: 70 })] });
  expect(importCosts(recording, path, () => 'import numpy\n')).toMatchObject([
    { module: 'numpy', chain: ['tests/test_cart.py', 'numpy'], location: { line: 1 } },
  ]);
});

test('a file counts its classes, its deselected tests and the import that stands out', () => {
  const recording = recordingOf({
    imports: [importOf('numpy', { wallMs: 8 }), importOf('os', { wallMs: 1 })],
    items: {
      found: 30,
      deselected: 4,
      hash: 'a',
      sortedHash: 'b',
      files: [{ path: CART, found: 12, deselected: 4 }],
    },
  });
  const files = fileCosts(recording, buildTree(recording, ROOT), path);
  expect(files.find((file) => file.path === 'tests/test_cart.py')).toMatchObject({
    items: 12,
    deselected: 4,
    execMs: 5,
    heaviestImport: { module: 'numpy', wallMs: 8 },
  });
  expect(files).toHaveLength(3);
});

test('conftests are apart from the files', () => {
  const conftest = {
    path: `${ROOT}/conftest.py`,
    atMs: 210,
    wallMs: 60,
    cpuMs: 50,
    memoryBytes: 1e6,
    failed: false,
  };
  const recording = recordingOf({
    conftests: [conftest],
    imports: [importOf('pandas', { within: conftest.path, wallMs: 50 })],
  });
  expect(conftestCosts(recording, path)).toMatchObject([
    { path: 'conftest.py', wallMs: 60, heaviestImport: { module: 'pandas', wallMs: 50 } },
  ]);
  expect(fileCosts(recording, buildTree(recording, ROOT), path)).toHaveLength(3);
});

test('a plugin costs its imports and its hooks, and what others import inside of it is its own', () => {
  const plugin = {
    name: 'cov',
    origin: 'entry-point' as const,
    distribution: 'pytest-cov',
    version: '5.0',
    path: '/lib/site-packages/pytest_cov/plugin.py',
  };
  const outside = ({ within: _, ...record }: ReturnType<typeof importOf>) => record;
  const recording = recordingOf({
    pytest: { ...recordingOf().pytest!, plugins: [BUILTIN('main'), plugin] },
    imports: [
      outside(importOf('pytest_cov.plugin', { path: plugin.path, wallMs: 80, memoryBytes: 4e6 })),
      outside(
        importOf('pytest_cov', { path: '/lib/site-packages/pytest_cov/__init__.py', parent: 0, wallMs: 30 }),
      ),
    ],
  });
  const hooks = recordingOf({
    hooks: [
      { plugin: 'cov', hook: 'pytest_configure', calls: 1, wallMs: 15, memoryBytes: 1e6 },
      { plugin: 'main', hook: 'pytest_collection', calls: 1, wallMs: 500, memoryBytes: 1e6 },
    ],
  });
  const [first, second] = pluginCosts(recording, hooks, path);
  expect(first).toMatchObject({
    name: 'cov',
    importMs: 80,
    hooksMs: 15,
    memoryBytes: 5e6,
    distribution: 'pytest-cov',
  });
  expect(priceOf(first!)).toBe(95);
  expect(second).toMatchObject({ name: 'main', hooksMs: 0 });
  expect(pluginCosts(recording, undefined, path)[0]).not.toHaveProperty('hooksMs');
});

test('what pytest says it took is neither its start nor its end', () => {
  expect(runFigures(runOf())).toMatchObject({
    pytestSaysMs: 630,
    bytecodeHits: 3,
    bytecodeMisses: 0,
    gcMs: 5,
  });
});

test('a run that was cut off says nothing of what pytest would have said', () => {
  const phases = recordingOf().phases.slice(0, 4);
  expect(runFigures(runOf({ phases }))).not.toHaveProperty('pytestSaysMs');
});
