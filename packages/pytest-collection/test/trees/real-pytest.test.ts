import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateTree } from '../../src/trees/generate-tree.ts';
import type { TreeSpec } from '../../src/index.ts';
import { collectPlainly } from './collect-plainly.ts';
import { onePerPytest } from '../interpreters/pytest-pairs.ts';
import { temporaryFolder } from './temporary-folder.ts';
import type { TemporaryFolder } from './temporary-folder.ts';

let cache: TemporaryFolder;
beforeAll(async () => {
  cache = await temporaryFolder();
});
afterAll(() => cache[Symbol.asyncDispose]());

const generate = (spec: TreeSpec) => generateTree(spec, { cacheFolder: cache.path });

const pairs = onePerPytest();

it('is tried with every pytest from 7 on', () => {
  expect(pairs.map(({ major }) => major)).toEqual(expect.arrayContaining([7, 8, 9]));
});

describe.each(pairs)('pytest $major of Python $version', ({ major, python }) => {
  it.each<TreeSpec>([
    { kind: 'simple', files: 1, tests: 1 },
    { kind: 'simple', files: 203, tests: 5 },
    { kind: 'nested', folders: 1, files: 1 },
    { kind: 'nested', folders: 12, files: 3 },
    { kind: 'circular', modules: 23, imports: 'harmless' },
  ])('finds in %j what it is said to hold', async (spec) => {
    const tree = await generate(spec);
    const { items, files, failed, code } = await collectPlainly(tree.root, { major, python });
    expect({ failed, code, tests: items.length, files: new Set(files).size }).toEqual({
      failed: {},
      code: 0,
      tests: tree.tests,
      files: tree.files,
    });
  });

  it('cannot import any module of circles of `from x import y`', async () => {
    const tree = await generate({ kind: 'circular', modules: 13, imports: 'crashing', seed: major });
    const { items, failed, code } = await collectPlainly(tree.root, { major, python });
    expect(Object.keys(failed).length).toBe(13);
    for (const said of Object.values(failed)) expect(said).toMatch(/partially initialized module/);
    expect({ items, code }).toEqual({ items: [], code: 2 });
  });

  it('can import some modules of a mixed tree and not the others', async () => {
    const tree = await generate({ kind: 'circular', modules: 20, imports: 'mixed', seed: major });
    const { items, failed } = await collectPlainly(tree.root, { major, python });
    expect(Object.keys(failed)).toEqual([5, 6, 7, 8, 9].map((port) => `ports/test_port_0${port}.py`));
    expect(items.length).toBe(30);
  });
});

it.each<TreeSpec>([
  { kind: 'simple', files: 4, tests: 8 },
  { kind: 'nested', folders: 7, files: 2 },
  { kind: 'circular', modules: 9, imports: 'harmless' },
])('passes all tests of %j, as those of a real project', async (spec) => {
  const { root } = await generate(spec);
  const args = ['-o', 'addopts=', '--override-ini', 'cache_dir=.pytest_cache'];
  expect((await collectPlainly(root, { args })).code).toBe(0);
});
