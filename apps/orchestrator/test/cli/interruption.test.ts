import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Sandbox } from './seaworthy.ts';

/** Longer than any test waits. */
const LONG = ['validate', 'imports/simple-cycle', 'imports/threads', 'imports/leak', '--repeat', '100'];

async function workspaceOf(sandbox: Sandbox): Promise<string> {
  for (;;) {
    const [name] = readdirSync(sandbox.temporary);
    if (name !== undefined) return name;
    await sleep(20);
  }
}

async function untilEmpty(folder: string): Promise<void> {
  const end = Date.now() + 15_000;
  while (readdirSync(folder).length > 0 && Date.now() < end) await sleep(50);
  expect(readdirSync(folder)).toEqual([]);
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s midway: a partial report, everything cleaned up, exit code %i', async (signal, code) => {
  using sandbox = new Sandbox();
  const file = join(sandbox.folder, 'run.json');
  const { child, ended } = sandbox.start([...LONG, '--report', `json=${file}`]);
  await workspaceOf(sandbox);
  await sleep(1_000);
  child.kill(signal);
  const { exitCode, stdout, stderr } = await ended;
  expect(exitCode).toBe(code);
  expect(stdout).toMatch(/this is a partial result\.\n?$/);
  expect(stderr).toBe('');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ interrupted: signal });
  await untilEmpty(sandbox.temporary);
});

test('one Ctrl-C that arrives twice, as through npx, is one', async () => {
  using sandbox = new Sandbox();
  const { child, ended } = sandbox.start(LONG);
  await workspaceOf(sandbox);
  await sleep(500);
  child.kill('SIGINT');
  await sleep(50);
  child.kill('SIGINT');
  const { exitCode, stdout } = await ended;
  expect(exitCode).toBe(130);
  expect(stdout).toMatch(/this is a partial result/);
});

test('a second Ctrl-C ends it at once, and is cleaned up after as well', async () => {
  using sandbox = new Sandbox();
  const { child, ended } = sandbox.start(LONG);
  await workspaceOf(sandbox);
  await sleep(500);
  child.kill('SIGINT');
  await sleep(400);
  child.kill('SIGINT');
  expect((await ended).exitCode).toBe(130);
  await untilEmpty(sandbox.temporary);
});

test('what a kill -9 leaves is gone soon after', async () => {
  using sandbox = new Sandbox();
  const { child, ended } = sandbox.start(LONG);
  await workspaceOf(sandbox);
  await sleep(500);
  child.kill('SIGKILL');
  await ended;
  await untilEmpty(sandbox.temporary);
});

test('Ctrl-C while modules are tried', async () => {
  using sandbox = new Sandbox({ 'a.py': 'import b\nimport time\ntime.sleep(60)\n', 'b.py': 'import a\n' });
  const { child, ended } = sandbox.start(['imports', '--verify']);
  await sleep(2_000);
  child.kill('SIGINT');
  const { exitCode, stderr } = await ended;
  expect(exitCode).toBe(130);
  expect(stderr).toMatch(/interrupted/);
  await untilEmpty(sandbox.temporary);
});

test('a reader of the output that goes away does not end the run', async () => {
  using sandbox = new Sandbox();
  const file = join(sandbox.folder, 'run.json');
  const { child, ended } = sandbox.start(['validate', 'imports/simple-cycle', '--report', `json=${file}`]);
  child.stdout?.destroy();
  expect((await ended).exitCode).toBe(0);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ results: [{ verdict: 'passed' }] });
});
