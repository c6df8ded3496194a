import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CollectionProfile } from '@seaworthy/pytest-collection';
import { expect, test } from 'vitest';
import { SUITE, TestSuite, withoutHeartbeats } from './test-suite.ts';

/** Without the proofs, which take a dozen runs and are tested where they are made. */
const QUICK = ['collect', '--no-verify'];

async function profileOf(sandbox: TestSuite, ...args: readonly string[]): Promise<CollectionProfile> {
  const { stdout, stderr } = await sandbox.run([...QUICK, '--format', 'json', ...args]);
  expect(withoutHeartbeats(stderr)).toBe('');
  return JSON.parse(stdout) as CollectionProfile;
}

test('the profile of a project, for people', async () => {
  using sandbox = new TestSuite(SUITE);
  const { exitCode, stdout, stderr } = await sandbox.run(['collect']);
  expect([exitCode, withoutHeartbeats(stderr)]).toEqual([0, '']);
  expect(stdout).toContain('3 tests in 2 files');
  for (const name of ['test_hull.py', 'test_sail.py', 'conftest.py']) expect(stdout).toContain(name);
  expect(stdout).not.toContain('\u001b');
  // Neither bytecode nor a cache is left in the project.
  expect(readdirSync(sandbox.project)).toEqual(['tests']);
  expect(readdirSync(join(sandbox.project, 'tests')).sort()).toEqual([
    'conftest.py',
    'test_hull.py',
    'test_sail.py',
  ]);
  expect(readdirSync(sandbox.temporary)).toEqual([]);
});

test('for programs, of another folder, with arguments for pytest', async () => {
  using sandbox = new TestSuite({ ...SUITE, 'other/tests/test_mast.py': 'def test_stands(): pass\n' });
  expect(await profileOf(sandbox)).toMatchObject({
    schemaVersion: 1,
    root: sandbox.project,
    outcome: { kind: 'finished' },
    tests: { found: 4, deselected: 0, files: 3 },
  });
  expect(await profileOf(sandbox, 'other')).toMatchObject({
    root: join(sandbox.project, 'other'),
    tests: { found: 1 },
  });
  expect(await profileOf(sandbox, '--', 'tests', '-k', 'sail or tight', '-p', 'no:doctest')).toMatchObject({
    tests: { found: 3, deselected: 1, files: 2 },
  });
});

test('html and markdown, into a file', async () => {
  using sandbox = new TestSuite(SUITE);
  const file = join(sandbox.folder, 'profile.html');
  const { exitCode, stdout } = await sandbox.run([...QUICK, '--format', 'html', '--output', file]);
  expect([exitCode, stdout]).toEqual([0, '']);
  expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>[^]*test_hull\.py/i);
  const markdown = await sandbox.run([...QUICK, '--format', 'markdown']);
  expect(markdown.stdout).toMatch(/^.*3 tests[^]*test_hull\.py/);
});

test('what the configuration says is for the command as well, and the command line wins', async () => {
  using sandbox = new TestSuite({
    ...SUITE,
    'seaworthy.config.json': JSON.stringify({
      collection: { args: ['tests/test_sail.py'], timeout: '5m', scale: 0.5 },
    }),
  });
  expect(await profileOf(sandbox)).toMatchObject({ tests: { found: 1 } });
  expect(await profileOf(sandbox, '--', 'tests/test_hull.py')).toMatchObject({ tests: { found: 2 } });
  expect(await profileOf(sandbox, '--')).toMatchObject({ tests: { found: 3 } });
});

test('a file that cannot be imported is exit code 1, with the reason', async () => {
  using sandbox = new TestSuite({ ...SUITE, 'tests/test_broken.py': 'import no_such_module_anywhere\n' });
  const { exitCode, stdout } = await sandbox.run(QUICK);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/test_broken\.py[^]*no_such_module_anywhere/);
  expect((await sandbox.run([...QUICK, '--exit-zero'])).exitCode).toBe(0);
});

test('nothing to collect is exit code 1', async () => {
  using sandbox = new TestSuite({ 'README.md': '' });
  expect((await sandbox.run(QUICK)).exitCode).toBe(1);
});

test('a module that does not return from its import is timed out, and its line is named', async () => {
  using sandbox = new TestSuite({ ...SUITE, 'tests/test_stuck.py': 'import time\n\ntime.sleep(600)\n' });
  const { exitCode, stdout } = await sandbox.run([...QUICK, '--timeout', '5s']);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/test_stuck\.py:3/);
});

test('under a memory limit that is too small it is told which file was one too many', async () => {
  using sandbox = new TestSuite({
    ...SUITE,
    'tests/test_hog.py': 'held = b"x" * (600 * 1024 * 1024)\n\ndef test_big(): pass\n',
  });
  const { exitCode, stdout } = await sandbox.run([...QUICK, '--limit', '200m']);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('test_hog.py');
  expect(stdout).toMatch(/memory/i);
  const enough = await profileOf(sandbox, '--limit', '1g');
  expect(enough).toMatchObject({ outcome: { kind: 'finished' }, workers: { origin: '--limit' } });
});

test('the smallest limit that it passes under', async () => {
  using sandbox = new TestSuite(SUITE);
  const { smallestLimit } = await profileOf(sandbox, '--smallest-limit');
  expect(smallestLimit?.passes).toBeGreaterThan(4 * 2 ** 20);
  expect(smallestLimit?.passes).toBeLessThan(300 * 2 ** 20);
}, 180_000);
