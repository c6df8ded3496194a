import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CollectionProgress } from '../../src/model/collect-options.ts';
import { followRows, readRecording } from '../../src/recording/index.ts';

let folder: string;
let rowsFile: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seaworthy-rows-'));
  rowsFile = join(folder, 'rows');
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** µs after the start, as the recorder writes it: the process was started at 1 s of the clock. */
const startedAt = 1_000_000_000n;
const t = (ms: number): number => 1_000_000 + ms * 1000;
const lines = (...rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

const PHASES = [
  { k: 'python', t: t(20), executable: '/p', version: '3.11.7', implementation: 'cpython', pid: 7, nobc: 1 },
  { k: 'phase', name: 'import', t: t(30), cpu: 25_000, rss: 100, hwm: 110, gc: [1, 0, 0, 500] },
  { k: 'phase', name: 'configure', t: t(50), cpu: 45_000, rss: 300, hwm: 310, gc: [2, 1, 0, 1500] },
  { k: 'phase', name: 'collect', t: t(60), cpu: 50_000, rss: 250, hwm: 310, gc: [2, 1, 0, 1500] },
];
const COST = { w: 4000, u: 3000, m: 10, g: 1, gt: 500, x: 'passed', q: 2 };

/** As the recorder keeps it: a name, and at its end an error number. */
function page(importing: string, error = 0): Buffer {
  const bytes = Buffer.alloc(4096);
  bytes.write(importing);
  bytes[4095] = error;
  return bytes;
}

describe('a recording', () => {
  it.each([
    ['no space left on device', page('pandas', 28)],
    ['disk quota exceeded', page('pandas', 122)],
    ['unknown error 255', page('pandas', 255)],
    ['no space left on device', Buffer.alloc(0)],
  ])('that could not be written to its end says so: %s', async (said, bytes) => {
    await writeFile(rowsFile, lines(...PHASES));
    await writeFile(`${rowsFile}.importing`, bytes);
    const recording = await readRecording(rowsFile, { startedAt });
    expect(recording.incomplete).toBe(`${said} (${folder})`);
    await appendFile(rowsFile, lines({ k: 'ended', t: t(90), status: 0 }));
    expect(await readRecording(rowsFile, { startedAt })).not.toHaveProperty('incomplete');
  });

  it('tells what the recorder could not record', async () => {
    const faults = [
      { k: 'fault', what: 'no conftests are recorded', traceback: null },
      { k: 'fault', what: '_enter failed', traceback: 'ValueError: x\n' },
    ];
    await writeFile(rowsFile, lines(...PHASES, ...faults));
    const recording = await readRecording(rowsFile, { startedAt });
    expect(recording.faults).toEqual(['no conftests are recorded', '_enter failed\nValueError: x\n']);
  });

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['nonsense', '\0\0\n{}\n[1]\nnull\n{"k":"constructor"}\n{"k":"phase","name":"collect"}\n{"k":"o"'],
  ])('of a file that is %s says that the interpreter never came so far', async (_, content) => {
    if (content !== undefined) await writeFile(rowsFile, content);
    const recording = await readRecording(rowsFile, { startedAt, endedAt: startedAt + 40_000_000n });
    expect(recording).toEqual({
      phases: [{ name: 'start-up', atMs: 0, wallMs: 40, cpuMs: 0, memoryBytes: 0 }],
      collectors: [],
      conftests: [],
      imports: [],
      sources: [],
      hooks: [],
      errors: [],
      memory: [],
      garbage: { runs: [0, 0, 0], wallMs: 0 },
      last: { phase: 'start-up', atMs: 0 },
    });
  });

  it('of a run that was killed ends where it was killed', async () => {
    const rows = lines(
      ...PHASES,
      { k: 'o', i: 0, p: -1, c: 'Session', n: '', t: t(61), f: '/r' },
      { k: 'c', i: 0, e: t(62), a: 51_000, r: 260, ...COST, q: 0 },
      { k: 'o', i: 1, p: 0, c: 'Module', n: 'test_a.py', t: t(63), f: '/r/test_a.py' },
      { k: 'fo', f: '/r/inner/conftest.py', t: t(64) },
    );
    await writeFile(rowsFile, `${rows}{"k":"c","i":1,"e":10`);
    await writeFile(`${rowsFile}.importing`, page('pandas.core'));
    const recording = await readRecording(rowsFile, { startedAt, endedAt: startedAt + 100_000_000n });
    expect(
      recording.phases.map(({ name, wallMs, cpuMs, memoryBytes }) => [name, wallMs, cpuMs, memoryBytes]),
    ).toEqual([
      ['start-up', 30, 25, 100],
      ['import', 20, 20, 200],
      ['configure', 10, 5, -50],
      ['collect', 40, 1, 10],
    ]);
    expect(recording.last).toEqual({
      phase: 'collect',
      path: '/r/inner/conftest.py',
      importing: 'pandas.core',
      atMs: 64,
    });
    expect(recording.collectors).toEqual([
      {
        parent: -1,
        kind: 'Session',
        nodeId: '',
        path: '/r',
        atMs: 61,
        own: { wallMs: 4, cpuMs: 3, memoryBytes: 10, gcRuns: 1, gcMs: 0.5 },
        outcome: 'passed',
        items: 0,
      },
      { parent: 0, kind: 'Module', nodeId: 'test_a.py', path: '/r/test_a.py', atMs: 63, items: 0 },
    ]);
    expect(recording.ownPeakBytes).toBe(310);
    expect(recording.ownCpuMs).toBe(51);
    expect(recording.garbage).toEqual({ runs: [2, 1, 0], wallMs: 1.5 });
    expect(recording.memory.map(({ bytes }) => bytes)).toEqual([100, 300, 250, 260]);
    expect(recording).not.toHaveProperty('ending');
  });

  it('numbers collectors and imports by what was told of them', async () => {
    const imported = { t: t(70), w: 2000, u: 1000, m: 5, in: '/r/test_a.py' };
    await writeFile(
      rowsFile,
      lines(
        ...PHASES,
        { k: 'o', i: 4, p: -1, c: 'Module', n: 'test_a.py', t: t(63), f: '/r/test_a.py' },
        { k: 'i', i: 12, p: 11, n: 'inner', f: null, ...imported },
        { k: 'i', i: 11, p: 10, n: 'outer', f: '/r/outer.py', ...imported },
        { k: 'i', i: 10, p: -1, n: 'test_a', f: '/r/test_a.py', ...imported },
        { k: 'i', i: 9, p: 3, n: 'of_one_that_was_not_told', f: null, ...imported, in: null },
        { k: 'c', i: 4, e: t(90), a: 51_000, r: 260, ...COST },
        { k: 'oc', i: 6, p: 4, c: 'Class', n: 'test_a.py::TestA', t: t(91), ...COST },
        { k: 'oc', i: 8, p: 6, c: 'Class', n: 'test_a.py::TestA::TestB', t: t(91), ...COST },
      ),
    );
    const { collectors, imports, last } = await readRecording(rowsFile, { startedAt });
    expect(collectors.map(({ kind, parent, path }) => [kind, parent, path])).toEqual([
      ['Module', -1, '/r/test_a.py'],
      ['Class', 0, '/r/test_a.py'],
      ['Class', 1, '/r/test_a.py'],
    ]);
    expect(imports.map(({ module, parent }) => [module, parent])).toEqual([
      ['of_one_that_was_not_told', -1],
      ['outer', -1],
      ['inner', 1],
    ]);
    expect(last).toEqual({ phase: 'collect', atMs: 90 });
  });

  it('says where it stopped early, unless something later kept it from its end', async () => {
    const stopped = lines(
      ...PHASES,
      { k: 'o', i: 0, p: -1, c: 'Module', n: 'test_a.py', t: t(61), f: '/r/test_a.py' },
      { k: 'broke', t: t(70), importing: 'deep' },
      { k: 'stop', t: t(71), why: 'interrupted', reason: 'KeyboardInterrupt', f: '/r/deep.py', l: 3 },
      { k: 'stop', t: t(72), why: 'internal-error', reason: 'a consequence' },
      { k: 'phase', name: 'exit', t: t(80), cpu: 60_000, rss: 250, hwm: 310, gc: [2, 1, 0, 1500] },
    );
    await writeFile(rowsFile, stopped);
    const hanging = await readRecording(rowsFile, { startedAt, endedAt: startedAt + 500_000_000n });
    expect(hanging.last).toMatchObject({ phase: 'exit' });
    expect(hanging).not.toHaveProperty('ending');

    await appendFile(
      rowsFile,
      lines(
        { k: 'ended', t: t(81), status: 2 },
        { k: 'last', t: t(90), cpu: 61_000, rss: 250, hwm: 400, gc: [3, 1, 1, 2500] },
      ),
    );
    const ended = await readRecording(rowsFile, { startedAt, endedAt: startedAt + 500_000_000n });
    const at = { phase: 'collect', path: '/r/test_a.py', nodeId: 'test_a.py', importing: 'deep', atMs: 70 };
    expect(ended.ending).toEqual({
      status: 2,
      kind: 'interrupted',
      reason: 'KeyboardInterrupt',
      raisedIn: '/r/deep.py',
      line: 3,
      at,
    });
    expect(ended.last).toEqual(at);
    // What the kernel took after Python's last word is not Python's.
    expect(ended.phases.at(-1)).toMatchObject({ name: 'exit', atMs: 80, wallMs: 10, cpuMs: 1 });
    expect(ended.ownPeakBytes).toBe(400);
    expect(ended.garbage).toEqual({ runs: [3, 1, 1], wallMs: 2.5 });
  });

  it('sums up hooks by what was told last, and drops what is malformed in lists', async () => {
    const hook = { k: 'h', p: 'slow', h: 'pytest_configure', n: 1, w: 1000, m: 0 };
    await writeFile(
      rowsFile,
      lines(
        hook,
        { ...hook, n: 2, w: 5000 },
        {
          k: 'items',
          found: 3,
          left: 2,
          hash: 'a',
          sorted: 'b',
          files: [['/r/test_a.py', 3, 1], ['/r', 'x'], []],
        },
        {
          k: 'left',
          t: t(9),
          threads: [{ name: 'x', daemon: true }, {}],
          children: [{ pid: 'x' }],
          descriptors: 3,
        },
      ),
    );
    const recording = await readRecording(rowsFile, { startedAt });
    expect(recording.hooks).toEqual([
      { plugin: 'slow', hook: 'pytest_configure', calls: 2, wallMs: 5, memoryBytes: 0 },
    ]);
    expect(recording.items).toEqual({
      found: 3,
      deselected: 1,
      hash: 'a',
      sortedHash: 'b',
      files: [{ path: '/r/test_a.py', found: 3, deselected: 1 }],
    });
    expect(recording.leftovers).toEqual({
      threads: [{ name: 'x', daemon: true }],
      children: [],
      descriptors: 3,
    });
  });
});

describe('following a file of rows', () => {
  it('tells of each growth, whole rows alone, and of the last rows when it is stopped', async () => {
    const progress: CollectionProgress[] = [];
    const ending = new AbortController();
    let waiting: (() => void) | undefined;
    const following = followRows(rowsFile, {
      startedAt,
      signal: ending.signal,
      onProgress: (told) => {
        progress.push(told);
        waiting?.();
      },
    });
    const told = (): Promise<void> => new Promise((resolve) => (waiting = resolve));

    let next = told();
    await writeFile(rowsFile, lines(...PHASES));
    await next;
    expect(progress.at(-1)).toMatchObject({ at: { phase: 'collect' }, files: 0, items: 0, memoryBytes: 250 });

    next = told();
    const opened = lines({ k: 'o', i: 0, p: -1, c: 'Module', n: 'tést.py', t: t(61), f: '/r/tést.py' });
    const bytes = Buffer.from(opened);
    const middle = bytes.indexOf('é') + 1; // in the middle of a character
    await appendFile(rowsFile, bytes.subarray(0, middle));
    await appendFile(rowsFile, bytes.subarray(middle));
    await next;
    expect(progress.at(-1)?.at).toMatchObject({ path: '/r/tést.py', nodeId: 'tést.py' });

    await appendFile(rowsFile, lines({ k: 'c', i: 0, e: t(62), a: 51_000, r: 999, ...COST }));
    ending.abort();
    await following;
    expect(progress.at(-1)).toMatchObject({ files: 1, items: 2, memoryBytes: 999 });
  });

  it('waits for a file that never comes no longer than it is told to', async () => {
    await expect(
      followRows(rowsFile, {
        startedAt,
        signal: AbortSignal.timeout(50),
        onProgress: () => expect.unreachable(),
      }),
    ).resolves.toBeUndefined();
  });
});
