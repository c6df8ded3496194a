import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isAlive, type ProcessIdentity } from '../../src/process/process-identity.ts';
import { readProcess } from '../../src/process/process-table.ts';
import { openWorkspace } from '../../src/workspace/open-workspace.ts';
import { readOwner } from '../../src/workspace/owner-file.ts';
import { RunningTool, temporaryFolder } from './running-tool.ts';

const guardOf = (folder: string): ProcessIdentity => {
  const guard = readOwner(folder)?.guard;
  if (guard === undefined) throw new Error(`No guard is known in ${folder}`);
  return guard;
};

/** On Linux, the mask of caught signals tells; Node itself catches neither SIGHUP (1) nor SIGQUIT (3). */
async function untilItListens(pid: number): Promise<void> {
  if (process.platform !== 'linux') return sleep(2_000);
  const caught = (): number =>
    parseInt(/^SigCgt:.*(.)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0', 16);
  await expect.poll(() => caught() & 0b101, { timeout: 60_000 }).toBe(0b101);
}

test(
  'is in a group and session of its own, and polite signals do not stop it',
  { timeout: 240_000 },
  async () => {
    using temporary = temporaryFolder();
    await using tool = new RunningTool(temporary.path);
    const { folder } = await tool.ready();
    const guard = guardOf(folder);
    expect(readProcess(guard.pid)?.group).toBe(guard.pid);
    await untilItListens(guard.pid);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.kill(guard.pid, signal);
    await sleep(100);
    expect(isAlive(guard)).toBe(true);
    await tool.kill();
    expect((await tool.waitUntilNothingIsLeft(60_000)).left).toEqual([]);
  },
);

test(
  'cleans up after a tool that is stopped by SIGTERM or ends without disposing',
  { timeout: 240_000 },
  async () => {
    using temporary = temporaryFolder();
    await using tool = new RunningTool(temporary.path);
    await tool.ready();
    tool.child.kill('SIGTERM');
    expect((await tool.waitUntilNothingIsLeft(60_000)).left).toEqual([]);
  },
);

test('has a successor when it is killed, which does the same', { timeout: 240_000 }, async () => {
  using temporary = temporaryFolder();
  await using tool = new RunningTool(temporary.path);
  const { folder } = await tool.ready();
  for (let round = 0; round < 2; round += 1) {
    const before = guardOf(folder);
    process.kill(before.pid, 'SIGKILL');
    await expect.poll(() => guardOf(folder).pid, { timeout: 60_000 }).not.toBe(before.pid);
    expect(isAlive(guardOf(folder))).toBe(true);
  }
  expect(tool.child.exitCode ?? tool.child.signalCode).toBeNull();
  await tool.kill();
  expect((await tool.waitUntilNothingIsLeft(60_000)).left).toEqual([]);
});

test('goes on after an error that passes', { timeout: 240_000 }, async () => {
  using temporary = temporaryFolder();
  await using tool = new RunningTool(temporary.path);
  const { folder } = await tool.ready();
  const guard = guardOf(folder);
  const ledger = join(folder, 'ledger.jsonl');
  await expect.poll(() => existsSync(ledger), { timeout: 60_000 }).toBe(true);
  tool.child.kill('SIGSTOP'); // Or it would write to it.
  renameSync(ledger, `${ledger}.away`);
  mkdirSync(ledger); // Cannot be read.
  await tool.kill();
  await sleep(3_000);
  expect(isAlive(guard)).toBe(true);
  rmdirSync(ledger);
  renameSync(`${ledger}.away`, ledger);
  expect((await tool.waitUntilNothingIsLeft(60_000)).left).toEqual([]);
});

test('a guard that cannot be started leaves no second', async () => {
  using temporary = temporaryFolder();
  const { execPath } = process;
  process.execPath = '/no/such/node';
  try {
    await expect(openWorkspace({ temporaryFolder: temporary.path })).rejects.toThrow('guard process');
  } finally {
    process.execPath = execPath;
  }
  const left = (): string[] =>
    execFileSync('ps', ['axww', '-o', 'pid=,args='], { encoding: 'utf8', maxBuffer: 1 << 27 })
      .split('\n')
      .filter((line) => line.includes(temporary.path));
  await expect.poll(left, { timeout: 60_000 }).toEqual([]);
});

test('ends when its run is disposed of, and gets no successor', { timeout: 240_000 }, async () => {
  using temporary = temporaryFolder();
  const workspace = await openWorkspace({ temporaryFolder: temporary.path });
  const guard = guardOf(workspace.folder);
  await workspace[Symbol.asyncDispose]();
  await expect.poll(() => isAlive(guard), { timeout: 60_000 }).toBe(false);
});

test(
  'its second is small, has a successor as well, and ends with the run',
  { timeout: 240_000 },
  async () => {
    using temporary = temporaryFolder();
    const workspace = await openWorkspace({ temporaryFolder: temporary.path });
    const guard = guardOf(workspace.folder);
    const seconds = (): number[] =>
      execFileSync('ps', ['axww', '-o', 'pid=,args='], { encoding: 'utf8', maxBuffer: 1 << 27 })
        .split('\n')
        .filter((line) => line.includes(` ${workspace.folder} `))
        .map((line) => parseInt(line))
        .filter((pid) => pid !== guard.pid);
    const [first] = seconds();
    expect(seconds()).toHaveLength(1);
    if (process.platform === 'linux') {
      const kilobytes = /^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${first}/status`, 'utf8'))?.[1];
      expect(Number(kilobytes)).toBeLessThan(8_192);
    }
    process.kill(first ?? 0, 'SIGKILL');
    await expect.poll(() => seconds().filter((pid) => pid !== first), { timeout: 60_000 }).toHaveLength(1);
    await workspace[Symbol.asyncDispose]();
    await expect.poll(seconds, { timeout: 60_000 }).toEqual([]);
  },
);
