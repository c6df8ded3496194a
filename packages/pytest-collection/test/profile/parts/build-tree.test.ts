import { expect, test } from 'vitest';
import type { ProfileNode } from '../../../src/model/collection-profile.ts';
import { buildTree } from '../../../src/profile/parts/build-tree.ts';
import { collectorOf, importOf, phasesOf, recordingOf, ROOT, SESSION } from '../hand-made.ts';

function at(tree: ProfileNode, ...names: string[]): ProfileNode {
  return names.reduce((node, name) => {
    const child = node.children.find((candidate) => candidate.name === name);
    if (child === undefined)
      throw new Error(`no ${name} among ${node.children.map((one) => one.name).join(', ')}`);
    return child;
  }, tree);
}

const sumOf = (node: ProfileNode): number => node.children.reduce((sum, child) => sum + child.wallMs, 0);

test('the root takes as long as the phase of collection, and every folder as long as what is in it', () => {
  const tree = buildTree(recordingOf(), ROOT);
  expect(tree.wallMs).toBeCloseTo(600);
  expect(tree.items).toBe(30);
  expect(at(tree, 'tests').wallMs).toBeCloseTo(32);
  expect(at(tree, 'tests', 'test_cart.py')).toMatchObject({
    kind: 'file',
    path: 'tests/test_cart.py',
    items: 10,
  });
  expect(at(tree, 'pytest itself')).toMatchObject({ kind: 'other' });
  expect(at(tree, 'pytest itself').wallMs).toBeCloseTo(600 - 33);
  expect(sumOf(tree)).toBeCloseTo(599);
});

test('a conftest is a file of its own and no longer part of the folder that loaded it', () => {
  const conftest = {
    path: `${ROOT}/tests/conftest.py`,
    atMs: 312,
    wallMs: 80,
    cpuMs: 70,
    memoryBytes: 5e6,
    failed: false,
  };
  const tree = buildTree(
    recordingOf({
      collectors: [
        SESSION,
        collectorOf('tests', { kind: 'Dir', items: 0, wallMs: 90, memoryBytes: 6e6 }),
        collectorOf('tests/test_cart.py', { parent: 1, atMs: 405 }),
      ],
      conftests: [conftest],
    }),
    ROOT,
  );
  expect(at(tree, 'tests', 'conftest.py')).toMatchObject({ kind: 'file', wallMs: 80, memoryBytes: 5e6 });
  expect(at(tree, 'tests').wallMs).toBeCloseTo(100);
  expect(tree.wallMs).toBeCloseTo(600);
});

test('a conftest that was loaded before collection is added to it', () => {
  const conftest = {
    path: `${ROOT}/conftest.py`,
    atMs: 210,
    wallMs: 60,
    cpuMs: 50,
    memoryBytes: 1e6,
    failed: false,
  };
  const tree = buildTree(recordingOf({ conftests: [conftest] }), ROOT);
  expect(tree.wallMs).toBeCloseTo(660);
});

test('pytest before 8 tells no folders: they are made from the paths', () => {
  const tree = buildTree(
    recordingOf({
      collectors: [
        SESSION,
        collectorOf('tests/unit/test_a.py', { parent: 0 }),
        collectorOf('tests/pkg', {
          kind: 'Package',
          parent: 0,
          path: `${ROOT}/tests/pkg/__init__.py`,
          items: 0,
        }),
        collectorOf('tests/pkg/test_b.py', { parent: 2 }),
      ],
    }),
    ROOT,
  );
  expect(at(tree, 'tests', 'unit', 'test_a.py').items).toBe(10);
  expect(at(tree, 'tests', 'pkg')).toMatchObject({ kind: 'folder', items: 10 });
  expect(at(tree, 'tests', 'pkg', 'test_b.py').kind).toBe('file');
});

test('classes are below their file, and the instances of pytest 6 are not shown', () => {
  const file = 'tests/test_a.py';
  const tree = buildTree(
    recordingOf({
      collectors: [
        SESSION,
        collectorOf(file, { items: 1 }),
        collectorOf(`${file}::TestX`, { kind: 'Class', parent: 1, items: 0, wallMs: 3 }),
        collectorOf(`${file}::TestX::()`, { kind: 'Instance', parent: 2, items: 4, wallMs: 2 }),
      ],
    }),
    ROOT,
  );
  const node = at(tree, 'tests', 'test_a.py', 'TestX');
  expect(node).toMatchObject({ kind: 'class', items: 4, children: [] });
  expect(node.wallMs).toBeCloseTo(5);
  expect(at(tree, 'tests', 'test_a.py')).toMatchObject({ items: 5 });
});

test('what a file takes is parted into rewriting, its own lines and its imports', () => {
  const file = `${ROOT}/tests/test_cart.py`;
  const tree = buildTree(
    recordingOf({
      imports: [
        importOf('tests.test_cart', { path: file, wallMs: 48 }),
        importOf('numpy', { parent: 0, wallMs: 30 }),
        importOf('numpy.linalg', { parent: 1, wallMs: 20 }),
      ],
      sources: [{ path: file, hit: false, written: true, rewriteMs: 4, execMs: 40 }],
    }),
    ROOT,
  );
  expect(at(tree, 'tests', 'test_cart.py').parts).toEqual({ rewriteMs: 4, execMs: 10, importMs: 30 });
});

test('the root of the project may lie below the rootdir of pytest, and tests outside of it', () => {
  const tree = buildTree(
    recordingOf({
      collectors: [
        SESSION,
        collectorOf('.', { kind: 'Dir', path: '/work', items: 0, wallMs: 4 }),
        collectorOf('shop/test_a.py', { path: `${ROOT}/test_a.py`, parent: 1 }),
        collectorOf('other/test_b.py', { path: '/code/other/test_b.py', parent: 1 }),
      ],
    }),
    ROOT,
  );
  expect(at(tree, 'test_a.py').path).toBe('test_a.py');
  expect(at(tree, '/code/other', 'test_b.py').path).toBe('/code/other/test_b.py');
});

test('a run that was cut off in the middle of a file has a tree all the same', () => {
  const { own: _, ...open } = collectorOf('tests/test_hang.py', { atMs: 400 });
  const phases = phasesOf().slice(0, 4);
  const tree = buildTree(recordingOf({ collectors: [SESSION, open], phases }), ROOT, 1100);
  // The phase goes from 300 to 900 ms; the recorder heard of 900 ms of CPU time.
  expect(at(tree, 'tests', 'test_hang.py')).toMatchObject({ wallMs: 500, cpuMs: 200, unfinished: true });
  expect(at(tree, 'pytest itself').wallMs).toBeCloseTo(99);
  expect(tree.wallMs).toBeCloseTo(600);
});

test('errors are counted where they happened', () => {
  const tree = buildTree(
    recordingOf({
      errors: [
        {
          nodeId: 'tests/test_cart.py',
          path: `${ROOT}/tests/test_cart.py`,
          type: 'ImportError',
          message: 'x',
          traceback: '',
        },
      ],
    }),
    ROOT,
  );
  expect(at(tree, 'tests', 'test_cart.py').errors).toBe(1);
  expect(tree.errors).toBe(1);
});

test('a collection of garbage is not laid to the file that it happened to hit', () => {
  const hit = collectorOf('tests/test_cart.py', { wallMs: 100 });
  const tree = buildTree(
    recordingOf({ collectors: [SESSION, { ...hit, own: { ...hit.own!, gcMs: 80, gcRuns: 1 } }] }),
    ROOT,
  );
  expect(at(tree, 'tests', 'test_cart.py').wallMs).toBeCloseTo(20);
  expect(at(tree, 'garbage collection').wallMs).toBe(80);
  expect(tree.wallMs).toBeCloseTo(600);
});

test('one that a file made necessary itself is', () => {
  const hit = collectorOf('tests/test_cart.py', { wallMs: 100 });
  const tree = buildTree(
    recordingOf({ collectors: [SESSION, { ...hit, own: { ...hit.own!, gcMs: 40, gcRuns: 9 } }] }),
    ROOT,
  );
  expect(at(tree, 'tests', 'test_cart.py').wallMs).toBeCloseTo(100);
});
