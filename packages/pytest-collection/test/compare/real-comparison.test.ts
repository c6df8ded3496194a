import { openWorkspace } from '@seaworthy/scenario';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { compareCollections } from '../../src/compare/compare-collections.ts';
import { generateTree } from '../../src/trees/generate-tree.ts';
import { environmentWithPytest } from '../scenarios/environment-with-pytest.ts';

const MB = 1_000_000;

afterEach(() => vi.unstubAllEnvs());

describe('compareCollections, of real collections', () => {
  it('finds 60 MB more in a tree of the same tests, whatever else the machine does', async () => {
    await using workspace = await openWorkspace();
    const { python } = environmentWithPytest(9, workspace.folder);
    const spec = { kind: 'simple', files: 5, tests: 3 } as const;
    const at = async (bricks: readonly { kind: 'memory-hog'; bytes: number }[]) => ({
      root: (await generateTree({ ...spec, bricks }, { cacheFolder: workspace.folder })).root,
      python: python?.executable ?? '',
    });
    const comparison = await compareCollections(
      { name: 'light', target: await at([]) },
      { name: 'heavy', target: await at([{ kind: 'memory-hog', bytes: 60 * MB }]) },
      { workspace, states: ['warm'], pairs: { least: 8, most: 8 }, budgetMs: 300_000 },
    );
    expect(comparison).toMatchObject({
      kind: 'compared',
      tests: { found: 15, deselected: 0 },
      warm: { memoryConclusion: 'heavier' },
    });
    if (comparison.kind !== 'compared') return;
    expect(comparison.warm?.a).toHaveLength(8);
    const { a = 0, b = 0 } = comparison.warm?.peak ?? {};
    expect(b - a).toBeGreaterThan(50 * MB);
    expect(b - a).toBeLessThan(80 * MB);
    expect(comparison.contention.wallPerCpu).toBeGreaterThan(0);
  }, 400_000);

  it('refuses to compare with a run that collects less', async () => {
    await using workspace = await openWorkspace();
    const { python } = environmentWithPytest(9, workspace.folder);
    const { root } = await generateTree(
      { kind: 'simple', files: 4, tests: 3 },
      { cacheFolder: workspace.folder },
    );
    const target = { root, python: python?.executable ?? '' };
    const comparison = await compareCollections(
      { name: 'all', target },
      { name: 'some', target: { ...target, args: ['-k', 'test_cargo_00'] } },
      { workspace },
    );
    expect(comparison).toMatchObject({
      kind: 'not-comparable',
      differences: [
        {
          kind: 'tests',
          message: 'all and some collect 12 and 3 tests',
        },
        { kind: 'deselected' },
      ],
    });
  }, 120_000);
});
