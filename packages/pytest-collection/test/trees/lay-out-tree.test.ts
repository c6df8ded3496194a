import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOutTree } from '../../src/trees/lay-out-tree.ts';
import { digestOf } from '../../src/trees/store/tree-digest.ts';
import { isTestFile } from '../../src/trees/tree-file.ts';
import { BRICKS, treeSpecs } from './tree-specs.ts';

describe('layOutTree', () => {
  it('gives the same files for the same specification, each once, below the root', () => {
    fc.assert(
      fc.property(treeSpecs, (spec) => {
        const { files } = layOutTree(spec);
        expect(layOutTree(structuredClone(spec)).files).toEqual(files);
        const paths = files.map(({ path }) => path);
        expect(new Set(paths).size).toBe(paths.length);
        for (const path of paths) expect(path).toMatch(/^([a-z0-9_]+\/)*[a-z0-9_]+\.(py|ini)$/);
      }),
      { numRuns: 50 },
    );
  });

  it('has as many test files as it says, and files with unique names or in packages', () => {
    fc.assert(
      fc.property(treeSpecs, (spec) => {
        const { files, testFiles } = layOutTree(spec);
        const paths = files.filter(isTestFile).map(({ path }) => path);
        expect(paths.length).toBe(testFiles);
        if (spec.kind === 'nested') return;
        expect(new Set(paths.map((path) => path.split('/').at(-1))).size).toBe(paths.length);
      }),
      { numRuns: 50 },
    );
  });

  it('puts at most 100 test files into a folder of a simple tree, in the order of their names', () => {
    const { files } = layOutTree({ kind: 'simple', files: 1234, tests: 1 });
    const paths = files.filter(isTestFile).map(({ path }) => path);
    const perFolder = Map.groupBy(paths, (path) => path.split('/')[0]);
    expect([...perFolder.values()].map((inIt) => inIt.length)).toEqual([...Array(12).fill(100), 34]);
    expect(paths.toSorted()).toEqual(paths);
  });

  it('imports 2 or 3 others in each module of a circular tree, itself never', () => {
    fc.assert(
      fc.property(treeSpecs, (spec) => {
        fc.pre(spec.kind === 'circular' && spec.bricks === undefined);
        for (const { path, content } of layOutTree(spec).files.filter(isTestFile)) {
          const imported = [...content.matchAll(/^(?:import|from) (\w+)/gm)].map(([, name]) => name);
          expect(imported.length).toBeGreaterThanOrEqual(2);
          expect(imported.length).toBeLessThanOrEqual(3);
          expect(new Set([...imported, path.slice('ports/'.length, -'.py'.length)]).size).toBe(
            imported.length + 1,
          );
        }
      }),
      { numRuns: 50 },
    );
  });

  it.each(BRICKS)('changes files with $kind, and leaves most of them alone or all alike', (brick) => {
    const bare = layOutTree({ kind: 'simple', files: 10, tests: 2 });
    const { files, testFiles, tests } = layOutTree({ kind: 'simple', files: 10, tests: 2, bricks: [brick] });
    expect(digestOf(files)).not.toBe(digestOf(bare.files));
    expect([testFiles, tests]).toEqual([10, 20]);
    expect(bare.files.every(({ path }) => files.some((file) => file.path === path))).toBe(true);
  });
});

describe('digestOf', () => {
  it('does not depend on the order of the files, but on every path and content', () => {
    const files = [
      { path: 'a.py', content: 'x' },
      { path: 'b.py', content: 'y' },
    ];
    expect(digestOf(files.toReversed())).toBe(digestOf(files));
    const changed = [
      [{ path: 'a.py', content: 'x' }],
      [{ path: 'a.py', content: 'y' }, files[1]!],
      [{ path: 'a.pyx', content: '' }, files[1]!],
      [{ path: 'c.py', content: 'x' }, files[1]!],
    ];
    expect(new Set([files, ...changed].map(digestOf)).size).toBe(5);
  });

  it('stays the same from one version to the next, so that caches stay of use', () => {
    expect(digestOf([{ path: 'a.py', content: 'x' }])).toMatchInlineSnapshot(
      `"a5e263a20a8c6de33d78427584674ec7ed1e1d1522c520058f63197533fcbe9d"`,
    );
  });
});
