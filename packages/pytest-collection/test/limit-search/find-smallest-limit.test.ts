import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkspace, UsageError } from '@seaworthy/scenario';
import type { Workspace } from '@seaworthy/scenario';
import { describe, expect, it } from 'vitest';
import { collectOnce } from '../../src/collect-once.ts';
import { findSmallestLimit } from '../../src/limit-search/find-smallest-limit.ts';
import type { LimitSearchOptions } from '../../src/limit-search/find-smallest-limit.ts';
import type { CollectOptions } from '../../src/model/collect-options.ts';
import type { CollectionRunner } from '../../src/model/collection-runner.ts';
import { generateTree } from '../../src/trees/generate-tree.ts';
import { simulatedRun, TARGET } from '../compare/simulated.ts';
import type { Simulated } from '../compare/simulated.ts';
import { environmentWithPytest } from '../scenarios/environment-with-pytest.ts';

const MB = 1_000_000;

/** A machine on which a limit is only a number: what happens under it is made up. */
function simulated(under: (limit: number | undefined) => Simulated): LimitSearchOptions & {
  readonly folders: (string | undefined)[];
} {
  const folders: (string | undefined)[] = [];
  return {
    folders,
    runnerWith: async (bytes): Promise<CollectionRunner> => ({
      name: 'simulated',
      limit: { bytes, tier: 'cgroup-v2' },
      start: () => Promise.reject(new Error('Nothing is to be started')),
    }),
    collect: async (_, options: CollectOptions = {}) => {
      folders.push(options.bytecode?.kind === 'private' ? options.bytecode.folder : undefined);
      return simulatedRun(under(options.runner?.limit?.bytes));
    },
  };
}

const killed = {
  outcome: { kind: 'killed-for-memory', by: 'own-limit', at: { phase: 'collect', atMs: 1 } },
} as const satisfies Simulated;

describe('findSmallestLimit, where limits are simulated', () => {
  it('finds the limit to 2 %', async () => {
    const given = simulated((limit = 1e12) => (limit >= 73 * MB ? { peakBytes: 80 * MB } : killed));
    const { passes, fails, tried } = await findSmallestLimit(TARGET, given);
    expect(passes).toBeGreaterThanOrEqual(73 * MB);
    expect(passes).toBeLessThan(73 * MB * 1.03);
    expect(fails).toBeLessThan(73 * MB);
    expect(tried[0]).toEqual({ bytes: 88 * MB, passed: true, outcome: 'finished' });
    expect(tried.some(({ outcome }) => outcome === 'killed-for-memory')).toBe(true);
  });

  it('begins each trial without bytecode, or all of them with it', async () => {
    const cold = simulated(() => ({}));
    await findSmallestLimit(TARGET, cold);
    expect(new Set(cold.folders).size).toBe(cold.folders.length);
    const warm = simulated(() => ({}));
    await findSmallestLimit(TARGET, { ...warm, bytecode: 'warm' });
    expect(new Set(warm.folders).size).toBe(1);
  });

  it('does not count a run that collected less', async () => {
    const given = simulated((limit = 1e12) => (limit >= 60 * MB ? {} : { files: { 'test_a.py': 5 } }));
    const { passes, tried } = await findSmallestLimit(TARGET, given);
    expect(passes).toBeGreaterThanOrEqual(60 * MB);
    expect(tried.find(({ passed }) => !passed)?.outcome).toBe('finished');
  });

  it('uses a run without a limit that is there already', async () => {
    const given = simulated(() => ({}));
    const unlimited = simulatedRun({ peakBytes: 200 * MB });
    const { tried } = await findSmallestLimit(TARGET, { ...given, unlimited });
    expect(tried[0]?.bytes).toBe(220 * MB);
    expect(given.folders).toHaveLength(tried.length);
  });

  it('says so where no limit can be set', async () => {
    const refused = {
      ...simulated(() => ({})),
      runnerWith: () => Promise.reject(new Error('cgroups are read-only')),
    };
    const search = findSmallestLimit(TARGET, refused);
    await expect(search).rejects.toThrow(UsageError);
    await expect(search).rejects.toThrow(
      /^No memory limit can be set on this machine \(cgroups are read-only\)/,
    );
  });

  it('says so where collection fails without a limit, or with any', async () => {
    await expect(
      findSmallestLimit(
        TARGET,
        simulated(() => killed),
      ),
    ).rejects.toThrow(/does not come to its end even without a memory limit \(killed-for-memory\)/);
    const never = simulated((limit) => (limit === undefined ? {} : killed));
    await expect(findSmallestLimit(TARGET, never)).rejects.toThrow(/passes without a memory limit, but/);
  });

  it('refuses a tolerance that makes no sense', async () => {
    await expect(findSmallestLimit(TARGET, { tolerance: 0 })).rejects.toThrow(
      'Expected a tolerance between 0 and 1, got 0',
    );
  });
});

describe('findSmallestLimit, of real collections under real limits', () => {
  it('finds what a file that takes 60 MB needs', async () => {
    await using workspace = await openWorkspace();
    const { python } = environmentWithPytest(9, workspace.folder);
    const folder = await mkdtemp(join(tmpdir(), 'seaworthy-test-'));
    try {
      const at = async (bricks: readonly { kind: 'memory-hog'; bytes: number }[]) => {
        const spec = { kind: 'simple', files: 5, tests: 2, bricks } as const;
        const { root } = await generateTree(spec, { cacheFolder: folder });
        return { root, python: python?.executable ?? '' };
      };
      const light = await collectOnce(await at([]), { workspace });
      const target = await at([{ kind: 'memory-hog', bytes: 60 * MB }]);
      const heavy = await findSmallestLimit(target, { workspace, tolerance: 0.1, confirmations: 1 });
      expect(heavy.passes - light.peak.bytes).toBeGreaterThan(40 * MB);
      expect(heavy.passes - light.peak.bytes).toBeLessThan(90 * MB);
      expect(heavy.fails).toBeLessThan(heavy.passes);
      await demandPasses(target, heavy.passes, workspace);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 300_000);
});

/** With a little room, it passes once more. */
async function demandPasses(
  target: Parameters<typeof collectOnce>[0],
  bytes: number,
  workspace: Workspace,
): Promise<void> {
  const { limitedRunner } = await import('../../src/run/limited-runner.ts');
  const runner = await limitedRunner(Math.round(bytes * 1.2), workspace);
  const run = await collectOnce(target, { workspace, runner });
  expect(run.outcome.kind).toBe('finished');
}
