import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diskRoom } from '../../src/disk/disk-room.ts';
import { exhaustDisk } from '../../src/disk/exhaust-disk.ts';
import { MIB, openTestSandbox, type OpenedSandbox } from '../sandboxes.ts';

const { signal } = new AbortController();
const QUICK = { holdMs: 0, signal } as const;
const SIZE = 16 * MIB;

describe('room', () => {
  const declared = { declared: { diskBytes: 1000 } } as Parameters<typeof diskRoom>[1];

  test('of a place with its own size is what is free, and a little more to find its end', () => {
    expect(diskRoom({ share: 'untilFull' }, declared, { sizeBytes: 1000, freeBytes: 900 })).toEqual({
      isLimited: true,
      bytes: 1050,
    });
    expect(diskRoom({ share: 0.5 }, declared, { sizeBytes: 1000, freeBytes: 900 }).bytes).toBe(400);
    expect(diskRoom({ share: 0.05 }, declared, { sizeBytes: 1000, freeBytes: 900 }).bytes).toBe(0);
  });

  test('of a large file system is no more than what was declared, and a little to show it', () => {
    expect(diskRoom({ share: 'untilFull' }, declared, { sizeBytes: 1e9, freeBytes: 5e8 })).toEqual({
      isLimited: false,
      bytes: 1050,
    });
  });

  test('is never more than the request has', () => {
    expect(
      diskRoom({ share: 'untilFull', mostBytes: 7 }, declared, { sizeBytes: 1000, freeBytes: 900 }).bytes,
    ).toBe(7);
  });

  test('is not cut short of the end of a large place: a limit that was never reached would stop nobody', () => {
    const large = { declared: { diskBytes: 2e9 } } as Parameters<typeof diskRoom>[1];
    const place = { sizeBytes: 2e9, freeBytes: 1.9e9 };
    expect(() => diskRoom({ share: 'untilFull' }, large, place)).toThrow(/set mostBytes/);
    expect(diskRoom({ share: 'untilFull', mostBytes: 3e9 }, large, place).bytes).toBe(2.1e9);
    expect(diskRoom({ share: 0.5 }, large, place).bytes).toBe(0.9e9);
    expect(() => diskRoom({ share: 0.9 }, large, place)).toThrow(/set mostBytes/);
  });
});

describe.each([
  { where: 'cgroup', keeper: 'python' },
  { where: 'tiny', keeper: 'native' },
] as const)('in $where with the $keeper keeper', ({ where, keeper }) => {
  let opened: OpenedSandbox;
  beforeAll(async () => {
    opened = await openTestSandbox({ where, keeper });
  });
  afterAll(() => opened[Symbol.asyncDispose]());

  test('the place is really full, an old file stays as it was, and the space comes back', async () => {
    const run = await exhaustDisk(opened.sandbox, { share: 'untilFull', holdMs: 100, signal });
    expect(run).toMatchObject({ outcome: 'refused', error: 'ENOSPC', limited: true, sizeBytes: SIZE });
    expect(run.freeAtHeightBytes).toBeLessThan(65_536);
    expect(run.writtenBytes).toBeGreaterThan(run.freeBeforeBytes - 65_536);
    expect(new Set([run.oldFileBefore, run.oldFileAtHeight, run.oldFileAfterwards]).size).toBe(1);
    expect(run.backAfterMs).toBeDefined();
    expect(run).toMatchObject({ deletedButOpenBytes: 0, writableAfterwards: true });
  });

  test('a share is written and no more', async () => {
    const run = await exhaustDisk(opened.sandbox, { share: 0.5, ...QUICK });
    expect(run).toMatchObject({ outcome: 'held', freeAtHeightBytes: SIZE / 2 });
  });

  test('a deleted file that is open holds its space, and is told', async () => {
    const run = await exhaustDisk(opened.sandbox, { share: 'untilFull', fault: 'keep-open', ...QUICK });
    expect(run.backAfterMs).toBeUndefined();
    expect(run.writableAfterwards).toBe(false);
    expect(run.deletedButOpenBytes).toBeGreaterThan(SIZE * 0.9);
  });

  test('a file that is left holds its space', async () => {
    const run = await exhaustDisk(opened.sandbox, { share: 'untilFull', fault: 'keep', ...QUICK });
    expect(run).toMatchObject({ writableAfterwards: false, deletedButOpenBytes: 0 });
    expect(run.backAfterMs).toBeUndefined();
    const { freeBytes } = await opened.sandbox.keeper.inside.disk(opened.sandbox.diskFolder);
    expect(freeBytes).toBe(SIZE);
  });

  test('a length without blocks fills nothing, and a file that is written over is seen', async () => {
    const empty = await exhaustDisk(opened.sandbox, { share: 'untilFull', fault: 'preallocate', ...QUICK });
    expect(empty).toMatchObject({ outcome: 'held', freeAtHeightBytes: empty.freeBeforeBytes });
    const over = await exhaustDisk(opened.sandbox, { share: 'untilFull', fault: 'overwrite', ...QUICK });
    expect(over.oldFileAtHeight).not.toBe(over.oldFileBefore);
  });
});

test('an old file that is gone meanwhile is damage, and no end of it all', async () => {
  await using opened = await openTestSandbox();
  const { inside } = opened.sandbox.keeper;
  const old = `${opened.sandbox.diskFolder}/seaworthy-old`;
  const running = exhaustDisk(opened.sandbox, { share: 0.5, holdMs: 1500, signal });
  const isThere = (): Promise<boolean> => inside.hashFile(old).then(Boolean, () => false);
  while (!(await isThere())) await new Promise((resolve) => setTimeout(resolve, 10));
  await inside.removeFile(old);
  const run = await running;
  expect(run).toMatchObject({ outcome: 'held', oldFileAfterwards: '' });
  expect(run.oldFileBefore).not.toBe('');
});

test('a file that may not grow further is refused where that is the limit, and the file system is not filled', async () => {
  await using opened = await openTestSandbox({ where: 'rlimit' });
  const run = await exhaustDisk(opened.sandbox, { share: 'untilFull', ...QUICK });
  expect(run).toMatchObject({ outcome: 'refused', error: 'EFBIG', limited: false });
  expect(run.writtenBytes).toBeLessThanOrEqual(SIZE * 1.05);
  await expect(exhaustDisk(opened.sandbox, { share: 0, signal })).rejects.toMatchObject({
    name: 'UsageError',
  });
});
