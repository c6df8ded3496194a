import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateTree } from '../../src/trees/generate-tree.ts';
import type { FaultBrick, GeneratedTree } from '../../src/index.ts';
import { collectPlainly, readSleeps } from './collect-plainly.ts';
import { onePerPytest } from '../interpreters/pytest-pairs.ts';
import { temporaryFolder } from './temporary-folder.ts';
import type { TemporaryFolder } from './temporary-folder.ts';

let cache: TemporaryFolder;
beforeAll(async () => {
  cache = await temporaryFolder();
});
afterAll(() => cache[Symbol.asyncDispose]());

/** Ten files with two tests each; the one in the middle is `quay_00/test_cargo_05.py`. */
const simple = (...bricks: FaultBrick[]): Promise<GeneratedTree> =>
  generateTree({ kind: 'simple', files: 10, tests: 2, bricks }, { cacheFolder: cache.path });

const WHOLE = { code: 0, failed: {} };
const MIDDLE_IS_THERE = '"test_cargo_05" in sys.modules';

describe('slow-import', () => {
  it('delays the collection, once', async () => {
    const { root } = await simple({ kind: 'slow-import', ms: 300 });
    const file = join(cache.path, 'slow-import');
    const { items, ...rest } = await collectPlainly(root, { sleeps: { file } });
    expect(rest).toMatchObject(WHOLE);
    expect(items.length).toBe(20);
    const sleeps = await readSleeps(file);
    expect(sleeps.map(({ module }) => module)).toEqual(['slow_charts']);
    expect(sleeps[0]!.ended - sleeps[0]!.began).toBeGreaterThanOrEqual(0.3);
  });
});

describe('leaky-conftest', () => {
  it('keeps so many bytes for every file', async () => {
    const [bare, leaky] = [await simple(), await simple({ kind: 'leaky-conftest', bytesPerFile: 5_000_000 })];
    const before = await collectPlainly(bare.root);
    const after = await collectPlainly(leaky.root);
    expect(after).toMatchObject({ ...WHOLE, items: before.items });
    expect(after.peakBytes - before.peakBytes).toBeGreaterThan(48_000_000);
    expect(after.peakBytes - before.peakBytes).toBeLessThan(55_000_000);
  });
});

describe('quadratic-hook', () => {
  it('compares every test with every other', async () => {
    const { root } = await simple({ kind: 'quadratic-hook', where: 'modifyitems', keep: 'memory' });
    expect(await collectPlainly(root)).toMatchObject({ ...WHOLE, seen: 20, pairs: (20 * 19) / 2 });
  });

  it('compares every file with every other, and keeps nothing', async () => {
    const { root } = await simple({ kind: 'quadratic-hook', where: 'per-file', keep: 'time' });
    const { seen, ...rest } = await collectPlainly(root);
    expect(rest).toMatchObject({ ...WHOLE, pairs: 0 });
    expect(seen).toBeGreaterThanOrEqual(10);
  });
});

describe('swallowed-interrupt', () => {
  it('goes on as if nothing had happened', async () => {
    const { root } = await simple({ kind: 'swallowed-interrupt', holdsMs: 1500 });
    const interruptWhen =
      '"_until" in vars(sys.modules.get("test_cargo_05", sys)) and "_time.sleep(0.01)" in lines_of_main()';
    const { items, ...rest } = await collectPlainly(root, { interruptWhen });
    expect(rest).toMatchObject(WHOLE);
    expect(items.length).toBe(20);
  });
});

describe('ignores-sigint', () => {
  it('goes on as if nothing had happened', async () => {
    const { root } = await simple({ kind: 'ignores-sigint', holdsMs: 300 });
    const interruptWhen = 'signal.getsignal(signal.SIGINT) == signal.SIG_IGN';
    const { items, ...rest } = await collectPlainly(root, { interruptWhen });
    expect(rest).toMatchObject(WHOLE);
    expect(items.length).toBe(20);
  });
});

describe('an interruption of a tree without faults', () => {
  it('ends its collection with status 2', async () => {
    const { root } = await simple({ kind: 'slow-import', ms: 1000 });
    const interruptWhen = '"slow_charts" in sys.modules';
    expect(await collectPlainly(root, { interruptWhen })).toMatchObject({ code: 2, items: [] });
  });
});

describe('lock-contention', () => {
  it('lets only one process import at a time', async () => {
    const { root } = await simple({ kind: 'lock-contention', holdsMs: 30 });
    const sleeps = { file: join(cache.path, 'lock-contention'), together: 2 };
    const both = await Promise.all([collectPlainly(root, { sleeps }), collectPlainly(root, { sleeps })]);
    for (const { items, failed } of both) expect([items.length, failed]).toEqual([20, {}]);
    const held = await readSleeps(sleeps.file);
    expect(held.map(({ module }) => module)).toEqual(Array.from({ length: 20 }, () => 'single_berth'));
    // Whoever comes next comes when the one before has left.
    for (const [at, { began }] of held.slice(1).entries())
      expect(began).toBeGreaterThanOrEqual(held[at]!.ended);
  });
});

describe('parametrize-explosion', () => {
  it('adds so many tests to one file', async () => {
    const { root } = await simple({ kind: 'parametrize-explosion', items: 700 });
    const { items, ...rest } = await collectPlainly(root);
    expect(rest).toMatchObject(WHOLE);
    expect(items.filter((id) => id.startsWith('quay_00/test_cargo_05.py')).length).toBe(702);
    expect(items.length).toBe(720);
  });
});

describe('orphan-child', () => {
  it.each([true, false])('leaves a process behind (detached: %j)', async (detached) => {
    const { root } = await simple({ kind: 'orphan-child', seconds: 120, detached });
    const { server, ...rest } = await collectPlainly(root);
    expect(rest).toMatchObject(WHOLE);
    const pid = server as number;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
      const [state, , group, session] = stat;
      expect(state).not.toBe('Z');
      expect(group === String(pid) && session === String(pid)).toBe(detached);
    } finally {
      process.kill(pid, 'SIGKILL');
    }
  });
});

describe('hanging-import', () => {
  it.each([
    ['socket', '_client.recv(1)'],
    ['lock', '_lock.acquire()'],
    ['child', '_subprocess.call([_sys.executable, "-c", "import time; time.sleep(86400)"])'],
    ['sleep', '_time.sleep(86400)'],
  ] as const)('never gets past a %s', async (waitsFor, stuckAt) => {
    const { root } = await simple({ kind: 'hanging-import', waitsFor });
    const { stuck, files } = await collectPlainly(root, { stuckAt });
    expect([stuck, files.length]).toEqual([true, 5]);
  });
});

describe('import-error', () => {
  it.each([1, 10])('keeps %i files from being imported', async (count) => {
    const { root } = await simple({ kind: 'import-error', count });
    const { failed, items, code } = await collectPlainly(root);
    expect([Object.keys(failed).length, items.length, code]).toEqual([count, 20 - 2 * count, 2]);
    for (const said of Object.values(failed))
      expect(said).toContain("No module named 'not_installed_anywhere'");
  });
});

describe('lost-files', () => {
  it.each(onePerPytest())(
    'drops every third file of pytest $major without a word',
    async ({ major, python }) => {
      const { root } = await simple({ kind: 'lost-files', every: 3 });
      const { files, failed, code } = await collectPlainly(root, { major, python });
      const kept = [0, 1, 3, 4, 6, 7, 9].map((file) => `quay_00/test_cargo_0${file}.py`);
      expect({ files, failed, code }).toEqual({ files: kept, failed: {}, code: 0 });
    },
  );
});

describe('memory-hog', () => {
  it('takes so much memory', async () => {
    const [bare, hungry] = [await simple(), await simple({ kind: 'memory-hog', bytes: 60_000_000 })];
    const before = await collectPlainly(bare.root);
    const after = await collectPlainly(hungry.root);
    expect(after).toMatchObject({ ...WHOLE, items: before.items });
    expect(after.peakBytes - before.peakBytes).toBeGreaterThan(58_000_000);
  });
});

describe('crash', () => {
  it.each(['SIGSEGV', 'SIGABRT', 'SIGKILL'] as const)('ends the process by %s', async (signal) => {
    const { root } = await simple({ kind: 'crash', signal });
    await expect(collectPlainly(root)).rejects.toMatchObject({ signal });
  });
});

describe('lingering-thread', () => {
  it('keeps the process from ending', async () => {
    const { root } = await simple({ kind: 'lingering-thread', seconds: 1 });
    const { threads, wallMs, ...rest } = await collectPlainly(root);
    expect(rest).toMatchObject(WHOLE);
    expect(threads).toContain('lingering');
    expect(wallMs).toBeGreaterThan(1000);
  });
});

describe('misreported-imports', () => {
  const mixed = (...bricks: FaultBrick[]): Promise<GeneratedTree> =>
    generateTree({ kind: 'circular', modules: 20, imports: 'mixed', bricks }, { cacheFolder: cache.path });

  it.each(onePerPytest())(
    'takes what pytest $major cannot import for files without tests',
    async ({ major, python }) => {
      const { root } = await mixed({ kind: 'misreported-imports', as: 'fine' });
      const { items, files, failed, code } = await collectPlainly(root, { major, python });
      expect([items.length, files.length, failed, code]).toEqual([30, 20, {}, 0]);
    },
  );

  it('refuses what can be imported', async () => {
    const [sound, broken] = [await mixed(), await mixed({ kind: 'misreported-imports', as: 'broken' })];
    const before = Object.keys((await collectPlainly(sound.root)).failed);
    const after = Object.keys((await collectPlainly(broken.root)).failed);
    expect(after.length).toBeGreaterThan(before.length);
    expect(after).toEqual(expect.arrayContaining(before));
  });
});

describe('corrupting-cache', () => {
  it('makes a run after one that was interrupted find less', async () => {
    const { root } = await simple({ kind: 'corrupting-cache' });
    expect((await collectPlainly(root)).items.length).toBe(20);
    expect((await collectPlainly(root, { interruptWhen: MIDDLE_IS_THERE })).code).toBe(2);
    expect(await collectPlainly(root)).toMatchObject({ ...WHOLE, files: { length: 5 } });
  });

  it('leaves half a bytecode file, which Python does not survive', async () => {
    await using folder = await temporaryFolder();
    const bytecode = join(folder.path, 'bytecode');
    const { root } = await simple({ kind: 'corrupting-cache', cache: 'bytecode' });
    expect((await collectPlainly(root, { bytecode })).items.length).toBe(20);
    expect((await collectPlainly(root, { bytecode, interruptWhen: MIDDLE_IS_THERE })).code).toBe(2);
    expect(await collectPlainly(root, { bytecode })).toMatchObject({ code: 4, items: [] });
  });
});
