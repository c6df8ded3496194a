import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { identify, isAlive } from '../../src/process/process-identity.ts';
import { readProcess, readProcesses, type ProcessEntry } from '../../src/process/process-table.ts';
import { readPsProcess, readPsProcesses } from '../../src/process/ps-process-table.ts';

/** A process with a name that is made to confuse, in a group of its own. */
async function startOne(mark: string): Promise<number> {
  const code = 'process.title; console.log("ready"); setInterval(() => {}, 1000)';
  const child = spawn(process.execPath, ['-e', code, ') S 1 (x)'], {
    argv0: 'a) R 1 1 (b',
    detached: true,
    env: { PATH: process.env['PATH'], SEAWORTHY_RUN: mark },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child.pid ?? NaN;
}

test.for<[string, () => ProcessEntry[], (pid: number) => ProcessEntry | undefined]>([
  ['this system', readProcesses, readProcess],
  ['ps', readPsProcesses, readPsProcess],
])('%s tells parent, group, start time and marks of a process', async ([, readAll, readOne]) => {
  const pid = await startOne('outer:a-run:a-run/7');
  const entry = readAll().find((candidate) => candidate.pid === pid);
  expect(entry).toMatchObject({ pid, parent: process.pid, group: pid, zombie: false });
  expect(entry?.marks()).toEqual(['outer', 'a-run', 'a-run/7']);
  expect(entry?.startTime).toMatch(/^[1-9]\d*$/);
  expect(readOne(pid)?.startTime).toBe(entry?.startTime);
  expect(readOne(2 ** 22 + 1)).toBeUndefined();
  const own = readAll().find((candidate) => candidate.pid === process.pid);
  expect(own?.marks()).toEqual([]);
});

test('both ways to look agree on who is there', () => {
  const known = (entries: readonly ProcessEntry[]): string[] =>
    entries.map(({ pid, parent, group }) => `${pid} ${parent} ${group}`);
  const ps = new Set(known(readPsProcesses()));
  // Processes come and go while both look: the ones that were there before and after must be the same.
  const before = known(readProcesses());
  const psAgain = new Set(known(readPsProcesses()));
  const steady = before.filter((line) => psAgain.has(line));
  expect(steady.length).toBeGreaterThan(1);
  expect(steady.filter((line) => !ps.has(line)).length).toBeLessThan(steady.length / 2);
});

test('a process is not taken for one that had its number before, nor for alive when it is a zombie', async () => {
  const pid = await startOne('x');
  const identity = identify(pid);
  expect(identity).toBeDefined();
  if (identity === undefined) return;
  expect(isAlive(identity)).toBe(true);
  expect(isAlive({ pid, startTime: `${Number(identity.startTime) - 1}` })).toBe(false);
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => isAlive(identity)).toBe(false);
});
