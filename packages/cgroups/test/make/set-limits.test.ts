import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkspace } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { setLimits } from '../../src/make/set-limits.ts';
import { readLimits, type CgroupLimits } from '../../src/index.ts';
import { writeFiles } from '../recorded/written-files.ts';

async function written(limits: CgroupLimits, files: readonly string[]) {
  await using workspace = await openWorkspace();
  const { folder } = workspace;
  writeFiles(folder, Object.fromEntries(files.map((file) => [file, ''])));
  const at = { memory: folder, cpu: folder, pids: folder };
  const cgroup = { version: 2, folders: at, tops: at } as const;
  setLimits(cgroup, limits);
  const texts = Object.fromEntries(
    files.map((file) => [file, readFileSync(join(folder, file), 'utf8').trim()]),
  );
  return { texts, limits: readLimits(cgroup) };
}

const FILES = ['memory.max', 'memory.swap.max', 'cpu.max', 'pids.max'];

test('version 2: every limit, swap apart from memory', async () => {
  const limits = { memoryBytes: 1000, memorySwapBytes: 1500, cpus: 0.25, pids: 20 };
  expect(await written(limits, FILES)).toEqual({
    texts: { 'memory.max': '1000', 'memory.swap.max': '500', 'cpu.max': '25000 100000', 'pids.max': '20' },
    limits,
  });
});

test('version 2: memory comes without swap; what is not asked for is not limited', async () => {
  expect((await written({ memoryBytes: 1000 }, FILES)).texts).toEqual({
    'memory.max': '1000',
    'memory.swap.max': '0',
    'cpu.max': '',
    'pids.max': '',
  });
});

test('a kernel that does not count swap, or a controller that is not there', async () => {
  const { limits } = await written({ memoryBytes: 1000, cpus: 2, pids: 5 }, ['memory.max']);
  expect(limits).toEqual({ memoryBytes: 1000 });
});
