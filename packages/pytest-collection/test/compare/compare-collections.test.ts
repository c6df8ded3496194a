import { UsageError } from '@seaworthy/scenario';
import { describe, expect, it } from 'vitest';
import type { ComparedCollections } from '../../src/compare/collection-comparison.ts';
import { compareCollections } from '../../src/compare/compare-collections.ts';
import type { ComparisonOptions, ComparisonProgress } from '../../src/compare/compare-collections.ts';
import { gaussian } from '../statistics/gaussian.ts';
import { namedFolders, side, simulatedCollect, TARGET } from './simulated.ts';
import type { Call, Simulated } from './simulated.ts';

const A = side('main');
const B = side('branch', { root: '/branch' });
const isB = (call: Call): boolean => call.target.root === '/branch';

const importError = (nodeId: string) => ({
  nodeId,
  type: 'ImportError',
  message: 'no module',
  traceback: '',
});

async function compare(make: (call: Call) => Simulated, options: ComparisonOptions = {}) {
  const simulated = simulatedCollect(make);
  const { collect, clock } = simulated;
  const comparison = await compareCollections(A, B, {
    collect,
    clock,
    workspace: namedFolders(),
    ...options,
  });
  return { comparison, calls: simulated.calls };
}

async function compared(
  make: (call: Call) => Simulated,
  options?: ComparisonOptions,
): Promise<ComparedCollections> {
  const { comparison } = await compare(make, options);
  if (comparison.kind !== 'compared') throw new Error(comparison.differences[0]?.message ?? '');
  return comparison;
}

async function differences(make: (call: Call) => Simulated) {
  const { comparison } = await compare(make);
  if (comparison.kind === 'compared') throw new Error('They were compared');
  return comparison.differences;
}

describe('compareCollections, on simulated runs', () => {
  it('tells cold and warm runs apart', async () => {
    const { cold, warm, tests } = await compared((call) => ({
      cpuMs: (call.isCold ? 4000 : 1000) * (isB(call) && !call.isCold ? 2 : 1),
    }));
    expect(cold?.conclusion).toBe('same');
    expect(cold?.cpu.a).toBe(4000);
    expect(warm?.conclusion).toBe('slower');
    expect(warm?.cpu).toMatchObject({ a: 1000, b: 2000, conclusion: 'more' });
    expect(warm?.cpu.ratio.value).toBeCloseTo(2, 10);
    expect(tests).toMatchObject({ found: 10, deselected: 0 });
  });

  it('gives each cold run an empty folder, and each side the same folder for its warm ones', async () => {
    const { calls } = await compare(() => ({}));
    const folders = (cold: boolean) => calls.slice(2).filter((call) => call.isCold === cold);
    expect(new Set(folders(true).map((call) => call.folder)).size).toBe(folders(true).length);
    expect(new Set(folders(false).map((call) => call.folder)).size).toBe(2);
    expect(calls.slice(0, 2).map((call) => call.target)).toEqual([A.target, B.target]);
  });

  it('runs in the order A B B A, or B A A B', async () => {
    const { calls } = await compare(() => ({}), { states: ['warm'], pairs: { least: 12, most: 12 } });
    const order = calls
      .slice(2)
      .map((call) => (isB(call) ? 'B' : 'A'))
      .join('');
    expect(order).toMatch(/^(ABBA|BAAB){6}$/);
    expect(new Set(order.match(/.{4}/g)).size).toBe(2);
  });

  it('is not deceived by a machine that gets slower and slower', async () => {
    let run = 0;
    const { warm } = await compared(() => ({ cpuMs: 1000 * 1.02 ** (run += 1) }), { states: ['warm'] });
    expect(warm?.conclusion).toBe('same');
  });

  it('finds memory that grew where the time is the same', async () => {
    const { warm } = await compared((call) => ({ peakBytes: isB(call) ? 55e6 : 50e6 }), { states: ['warm'] });
    expect(warm).toMatchObject({ conclusion: 'same', memoryConclusion: 'heavier' });
  });

  it('calls memory that cannot be measured what it is', async () => {
    const { warm } = await compared(() => ({ peakBytes: 0 }), { states: ['warm'] });
    expect(warm?.memoryConclusion).toBe('cannot-tell');
  });

  it('stops as soon as the intervals are narrow', async () => {
    const { cold, warm } = await compared(() => ({}));
    for (const state of [cold, warm]) {
      expect(state?.endedBy).toBe('precision');
      expect(state?.a).toHaveLength(8);
      expect(state?.b).toHaveLength(8);
    }
  });

  it('goes on to the largest number of pairs where they stay wide, and cannot tell then', async () => {
    const noise = gaussian(5);
    const { warm } = await compared(() => ({ cpuMs: 1000 * Math.exp(0.6 * noise()) }), { states: ['warm'] });
    expect(warm).toMatchObject({ endedBy: 'pairs', conclusion: 'cannot-tell' });
    expect(warm?.a).toHaveLength(20);
  });

  it('begins no pair that would end after its budget', async () => {
    const { warm } = await compared(() => ({ wallMs: 1000 }), { states: ['warm'], budgetMs: 11_000 });
    expect(warm).toMatchObject({ endedBy: 'budget', conclusion: 'cannot-tell' });
    expect(warm?.a).toHaveLength(4);
  });

  it('says how far it is', async () => {
    const told: ComparisonProgress[] = [];
    await compare(() => ({}), { onProgress: (progress) => told.push(progress) });
    expect(told[0]).toEqual({ side: 'main', state: 'warm-up', pairs: 0, elapsedMs: 0 });
    expect(told.at(-1)).toMatchObject({ state: 'warm', pairs: 7 });
  });

  it('is the same for the same seed', async () => {
    const order = async (seed: number) =>
      (await compare(() => ({}), { seed, pairs: { least: 16, most: 16 } })).calls.map(isB);
    expect(await order(7)).toEqual(await order(7));
    expect(await order(7)).not.toEqual(await order(8));
  });

  it('ends when it is told to', async () => {
    const stop = new AbortController();
    let runs = 0;
    const running = compare(
      () => {
        if ((runs += 1) === 5) stop.abort(new Error('enough'));
        return {};
      },
      { signal: stop.signal },
    );
    await expect(running).rejects.toThrow('enough');
    expect(runs).toBe(5);
  });
});

describe('compareCollections, in 300 simulated comparisons on a busy machine', () => {
  const rate = async (ratio: number, wanted: string, seed: number): Promise<number> => {
    const noise = gaussian(seed);
    let found = 0;
    for (let run = 0; run < 300; run++) {
      const { warm } = await compared(
        (call) => ({ cpuMs: 1000 * (isB(call) ? ratio : 1) * Math.exp(0.12 * noise()) }),
        { states: ['warm'], seed: run },
      );
      if (warm?.conclusion === wanted) found += 1;
    }
    return found / 300;
  };

  it('calls the same thing slower in less than 2 %, and faster as rarely', async () => {
    expect(await rate(1, 'slower', 1)).toBeLessThan(0.02);
    expect(await rate(1, 'faster', 2)).toBeLessThan(0.02);
  });

  it('finds 30 % more in more than 95 %', async () => {
    expect(await rate(1.3, 'slower', 3)).toBeGreaterThan(0.95);
  });
});

describe('compareCollections, of what is not the same work', () => {
  it('refuses 66 errors and no test on both sides, however much faster one is', async () => {
    const errors = Array.from({ length: 66 }, (_, i) => importError(`test_${i}.py`));
    const found = await differences((call) => ({ files: {}, errors, cpuMs: isB(call) ? 580 : 1000 }));
    expect(found.map(({ message }) => message)).toEqual([
      'main collected no test at all',
      'branch collected no test at all',
    ]);
  });

  it('names the files whose tests differ', async () => {
    const [difference] = await differences((call) =>
      isB(call) ? { files: { 'test_a.py': 5, 'test_c.py': 7 } } : {},
    );
    expect(difference).toEqual({
      kind: 'tests',
      message: 'main and branch collect 10 and 12 tests',
      examples: ['test_b.py: 5 and 0', 'test_c.py: 0 and 7'],
    });
  });

  it('sees other tests of the same number', async () => {
    const found = await differences((call) => ({ sortedHash: isB(call) ? 'one' : 'another' }));
    expect(found).toMatchObject([
      { kind: 'tests', message: 'main and branch collect 10 tests each, but not the same ones' },
    ]);
  });

  it('sees other tests that are deselected', async () => {
    const found = await differences((call) => ({ deselected: isB(call) ? 3 : 0 }));
    expect(found).toMatchObject([{ kind: 'deselected', message: 'main deselects 0 tests, branch 3' }]);
  });

  it('sees an error on one side only', async () => {
    const [difference] = await differences((call) =>
      isB(call) ? { errors: [importError('test_x.py')] } : {},
    );
    expect(difference).toMatchObject({
      kind: 'errors',
      examples: ['test_x.py: ImportError (only branch)'],
    });
  });

  it('sees a run that did not come to its end', async () => {
    const found = await differences((call) =>
      isB(call) ? { outcome: { kind: 'vanished', exitCode: 0, at: { phase: 'collect', atMs: 1 } } } : {},
    );
    expect(found).toMatchObject([
      { kind: 'outcome', message: 'The collection of branch did not come to its end: vanished' },
    ]);
    const silent = await differences((call) => ({ isSilent: isB(call) }));
    expect(silent[0]?.message).toMatch(/branch did not come to its end: told nothing/);
  });

  it('refuses a side that collects something else each time', async () => {
    let runs = 0;
    const found = await differences((call) =>
      isB(call) && (runs += 1) > 3 ? { files: { 'test_a.py': 5 } } : {},
    );
    expect(found).toMatchObject([
      {
        kind: 'unstable',
        message:
          'branch does not collect the same each time: the first run and a later one collect 10 and 5 tests',
      },
    ]);
  });

  it('compares where the same files fail on both sides, and says so', async () => {
    const { errors, notes } = await compared(() => ({ errors: [importError('test_x.py')] }));
    expect(errors).toBe(1);
    expect(notes).toEqual(['1 files cannot be collected on either side: their cost is not complete']);
  });

  it('compares the same tests in another order, and says so', async () => {
    const { notes } = await compared((call) => ({ hash: isB(call) ? 'x' : 'y', sortedHash: 'z' }));
    expect(notes).toEqual(['main and branch collect the same tests in a different order']);
  });
});

describe('compareCollections, asked for the impossible', () => {
  it.each([
    [{ pairs: { least: 7, most: 10 } }, /^Expected pairs of at least 8/],
    [{ pairs: { least: 9, most: 8 } }, /got 9 to 8/],
    [{ pairs: { least: 8.5, most: 9 } }, /got 8.5 to 9/],
    [{ precision: 1 }, 'Expected a precision above 1, got 1'],
    [{ budgetMs: Number.NaN }, 'Expected a budget above 0 ms, got NaN'],
    [{ states: [] }, 'Expected at least one of the states cold and warm, got none'],
  ] as const)('refuses %j', async (options, message) => {
    const running = compareCollections(A, B, options);
    await expect(running).rejects.toThrow(UsageError);
    await expect(running).rejects.toThrow(message);
  });

  it('refuses two sides of the same name', async () => {
    await expect(compareCollections(A, { ...A, target: TARGET })).rejects.toThrow(
      'Both sides of the comparison are called main',
    );
  });
});
