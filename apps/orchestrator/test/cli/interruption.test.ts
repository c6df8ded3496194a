import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Sandbox } from './seaworthy.ts';
import type { Running } from './seaworthy.ts';

/** Longer than any test waits. */
const LONG = ['validate', 'imports/simple-cycle', 'imports/threads', 'imports/leak', '--repeat', '100'];

/** Longer than any machine takes, however much else it does. */
const PATIENT = { timeout: 60_000, interval: 50 };

/** Until its workspace is open. */
async function workspaceOf(sandbox: Sandbox): Promise<void> {
  await expect.poll(() => readdirSync(sandbox.temporary), PATIENT).not.toEqual([]);
}

/** What its new parent did not ask about yet is a zombie. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}

/** Starts it with an interpreter that never answers, and returns when that one runs. */
async function startWhileAsking(
  sandbox: Sandbox,
  args: readonly string[],
  before = ':',
): Promise<Running & { readonly interpreter: number }> {
  const file = join(sandbox.folder, 'interpreter.pid');
  const script = `#!/bin/sh\n${before}\necho $$ > ${file}\nwhile :; do sleep 1; done\n`;
  chmodSync(sandbox.write('.venv/bin/python', script), 0o755);
  const running = sandbox.start(args);
  await expect.poll(() => (existsSync(file) ? readFileSync(file, 'utf8') : ''), PATIENT).toMatch(/\d\n/);
  const interpreter = Number(readFileSync(file, 'utf8'));
  expect(isRunning(interpreter)).toBe(true);
  return { ...running, interpreter };
}

async function untilEmpty(folder: string): Promise<void> {
  await expect.poll(() => readdirSync(folder), PATIENT).toEqual([]);
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
  // After the first one, it takes the interpreter's time of grace (500 ms) to say that it was interrupted. A test that is
  // late with the second one, on a machine with much to do, tries again.
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    using sandbox = new Sandbox();
    const { child, ended, interpreter } = await startWhileAsking(sandbox, ['list'], 'trap "" TERM');
    child.kill('SIGINT');
    await sleep(350);
    child.kill('SIGINT');
    const { exitCode, stderr } = await ended;
    expect(exitCode).toBe(130);
    await expect.poll(() => isRunning(interpreter), PATIENT).toBe(false);
    await untilEmpty(sandbox.temporary);
    if (stderr === '') return;
    expect(stderr).toBe('seaworthy: interrupted.');
  }
  expect.fail('the second Ctrl-C was not heard');
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

test.each(['list', 'doctor', 'validate', 'imports --verify'])(
  'a kill -9 of %s while an interpreter does not answer leaves nothing of it',
  async (command) => {
    using sandbox = new Sandbox();
    const { child, ended, interpreter } = await startWhileAsking(sandbox, command.split(' '));
    child.kill('SIGKILL');
    await ended;
    await expect.poll(() => isRunning(interpreter), PATIENT).toBe(false);
    await untilEmpty(sandbox.temporary);
  },
);

test('Ctrl-C while modules are tried', async () => {
  using sandbox = new Sandbox({ 'b.py': 'import a\n' });
  const marker = join(sandbox.folder, 'tried');
  sandbox.write('a.py', `import b\nimport time\nopen(${JSON.stringify(marker)}, "w")\ntime.sleep(600)\n`);
  const { child, ended } = sandbox.start(['imports', '--verify']);
  await expect.poll(() => existsSync(marker), PATIENT).toBe(true);
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
