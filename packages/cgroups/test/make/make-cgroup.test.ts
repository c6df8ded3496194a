import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { openWorkspace, type Workspace } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import {
  findCgroup,
  makeCgroup,
  membersOf,
  readCgroupTexts,
  readCpu,
  readEffectiveLimits,
  readKills,
  readMemory,
  readPids,
  type CgroupLimits,
  type OwnedCgroup,
} from '../../src/index.ts';

const MiB = 1024 ** 2;

async function owned(workspace: Workspace, limits: CgroupLimits, purpose?: string): Promise<OwnedCgroup> {
  const made = await makeCgroup(workspace, limits, purpose);
  if (made === undefined)
    throw new Error('These tests need to be allowed to make a cgroup with the memory controller');
  return made;
}

/** Runs a shell line in it, and says how it ended. */
async function runIn(
  cgroup: OwnedCgroup,
  script: string,
): Promise<{ code: number | null; signal: string | null }> {
  const child = spawn('/bin/sh', ['-c', `read go; ${script}`], { stdio: ['pipe', 'ignore', 'ignore'] });
  cgroup.add(child.pid!);
  child.stdin.end('go\n');
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return { code, signal };
}

test('bears the name of the run and its purpose, tells its limits back, and is gone afterwards', async () => {
  await using workspace = await openWorkspace();
  const limits = { memoryBytes: 64 * MiB, cpus: 0.25, pids: 20 };
  await using cgroup = await owned(workspace, limits, 'victim');
  expect(cgroup.cgroup.folders.memory).toContain(`/seaworthy-${workspace.runId}-victim-`);
  expect(cgroup.limits).toMatchObject(limits);
  expect(readEffectiveLimits(cgroup.cgroup).memoryBytes).toMatchObject({ value: 64 * MiB, own: true });
  expect(membersOf(cgroup.cgroup)).toEqual([]);
  expect(cgroup.folders.every((folder) => existsSync(folder))).toBe(true);
  await cgroup[Symbol.asyncDispose]();
  expect(cgroup.folders.some((folder) => existsSync(folder))).toBe(false);
  expect(readMemory(cgroup.cgroup)).toBeUndefined();
});

test('the limits hold: memory kills, forks are refused, and both are counted; so is CPU time', async () => {
  await using workspace = await openWorkspace();
  await using cgroup = await owned(workspace, { memoryBytes: 16 * MiB, cpus: 0.5, pids: 4 });
  expect(await runIn(cgroup, 'exec tail /dev/zero')).toEqual({ code: null, signal: 'SIGKILL' });
  expect(readKills(cgroup.cgroup)?.own).toBe(1);
  const memory = readMemory(cgroup.cgroup)!;
  expect(memory.peakBytes).toBeGreaterThan(15 * MiB);
  expect(memory.peakBytes).toBeLessThanOrEqual(16 * MiB);
  await runIn(cgroup, 'for i in 1 2 3 4 5 6; do sleep 0 & done; wait');
  expect(readPids(cgroup.cgroup)!.refused).toBeGreaterThan(0);
  const before = readCpu(cgroup.cgroup)!;
  await runIn(cgroup, 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done');
  const after = readCpu(cgroup.cgroup)!;
  expect(after.usageUs - before.usageUs).toBeGreaterThan(50_000);
  expect(after.periods).toBeGreaterThan(before.periods);
});

test('memory alone, without a quota: no other share of the processors', async () => {
  await using workspace = await openWorkspace();
  await using cgroup = await owned(workspace, {});
  expect(cgroup.limits).toEqual({});
  if (cgroup.cgroup.version === 1) expect(Object.keys(cgroup.cgroup.folders)).not.toContain('cpu');
  expect(readCpu(cgroup.cgroup)).toMatchObject({ usageUs: 0 });
});

test('one within another: the limit around is told with who sets it', async () => {
  await using workspace = await openWorkspace();
  await using around = await owned(workspace, { memoryBytes: 32 * MiB }, 'around');
  const inner = await makeCgroup(workspace, { memoryBytes: 64 * MiB }, 'inner', { within: around.cgroup });
  await using cgroup = inner!;
  expect(readEffectiveLimits(cgroup.cgroup).memoryBytes).toEqual({
    value: 32 * MiB,
    folder: around.cgroup.folders.memory,
    own: false,
  });
});

test('where none can be had, nothing is left', async () => {
  await using workspace = await openWorkspace();
  const own = findCgroup(readCgroupTexts())!;
  const nowhere = { ...own, folders: { memory: '/proc/no/such/cgroup' } };
  expect(await makeCgroup(workspace, {}, 'run', { within: nowhere })).toBeUndefined();
  // No page at all: the kernel takes it and tells back 0, which is a limit.
  await using impossible = await makeCgroup(workspace, { memoryBytes: -5 }, 'run');
  expect(impossible).toBeUndefined();
  await expect(makeCgroup(workspace, {}, '../escape')).rejects.toThrow(TypeError);
});

test('kill -9 of the tool leaves no cgroup and no process in it', async () => {
  const tool = spawn(
    process.execPath,
    ['--conditions=@seaworthy/source', `${import.meta.dirname}/../fixtures/holding-tool.ts`],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = (await once(tool.stdout, 'data')) as [Buffer];
  const { pid, folders } = JSON.parse(String(line)) as { pid: number; folders: string[] };
  expect(folders.every((folder) => existsSync(folder))).toBe(true);
  tool.kill('SIGKILL');
  const left = (): unknown[] => [
    ...folders.filter((folder) => existsSync(folder)),
    ...(isAlive(pid) ? [pid] : []),
  ];
  await expect.poll(left, { timeout: 60_000 }).toEqual([]);
}, 90_000);

function isAlive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
