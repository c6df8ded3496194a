import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inRepository } from '../collect/revision/git-project.ts';
import type { Running } from './seaworthy.ts';
import { SUITE, TestSuite } from './test-suite.ts';

/** Longer than any machine takes, however much else it does. */
const PATIENT = { timeout: 60_000, interval: 50 };

function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}

interface Stuck extends Running {
  readonly pids: readonly number[];
}

/** Starts a collection that hangs in a module's import, with a child that ignores SIGTERM. */
async function startStuck(sandbox: TestSuite, args: readonly string[]): Promise<Stuck> {
  const file = join(sandbox.folder, 'pids');
  sandbox.write(
    'tests/test_stuck.py',
    `import os, subprocess, time
child = subprocess.Popen(["sh", "-c", "trap '' TERM INT; while :; do sleep 1; done"])
with open(${JSON.stringify(file)}, "w") as out:
    out.write("%d %d done" % (os.getpid(), child.pid))
while True:
    try:
        time.sleep(600)
    except BaseException:
        pass
`,
  );
  const running = sandbox.start(['collect', ...args]);
  await expect.poll(() => (existsSync(file) ? readFileSync(file, 'utf8') : ''), PATIENT).toMatch(/done/);
  return { ...running, pids: readFileSync(file, 'utf8').split(' ').slice(0, 2).map(Number) };
}

async function nothingIsLeft(sandbox: TestSuite, pids: readonly number[]): Promise<void> {
  await expect.poll(() => pids.filter(isRunning), PATIENT).toEqual([]);
  await expect.poll(() => readdirSync(sandbox.temporary), PATIENT).toEqual([]);
  expect(readdirSync(join(sandbox.project, 'tests')).filter((name) => !name.endsWith('.py'))).toEqual([]);
}

test.each([
  ['SIGINT', 130, []],
  ['SIGTERM', 143, []],
  ['SIGTERM', 143, ['--limit', '1g']],
] as const)('%s while a module hangs: exit code %i, nothing is left (%j)', async (signal, code, args) => {
  using sandbox = new TestSuite(SUITE);
  const { child, ended, pids } = await startStuck(sandbox, args);
  child.kill(signal);
  const { exitCode, stdout, stderr } = await ended;
  expect([exitCode, stdout]).toEqual([code, '']);
  expect(stderr).toMatch(/interrupted/);
  await nothingIsLeft(sandbox, pids);
});

test.each([[[]], [['--limit', '1g']]] as const)(
  'kill -9 while a module hangs leaves nothing (%j)',
  async (args) => {
    using sandbox = new TestSuite(SUITE);
    const { child, ended, pids } = await startStuck(sandbox, args);
    child.kill('SIGKILL');
    await ended;
    await nothingIsLeft(sandbox, pids);
  },
);

test('Ctrl-C while a revision is collected: the repository is as it was', async () => {
  using sandbox = new TestSuite(SUITE);
  const git = inRepository(sandbox);
  git.commit('first');
  sandbox.write('tests/test_stuck.py', '');
  git.commit('second');
  // The first side is the revision, the second the working tree, which hangs.
  const { child, ended, pids } = await startStuck(sandbox, ['--compare', 'main']);
  child.kill('SIGINT');
  const { exitCode } = await ended;
  expect(exitCode).toBe(130);
  expect(git.run('status', '--porcelain')).toBe('M tests/test_stuck.py');
  await nothingIsLeft(sandbox, pids);
});
