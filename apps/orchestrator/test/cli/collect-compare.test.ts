import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CollectionComparison, ProfileComparison } from '@seaworthy/pytest-collection';
import { expect, test } from 'vitest';
import { SUITE, TestSuite } from './test-suite.ts';
import { inRepository } from '../collect/revision/git-project.ts';

const COMPARE = ['collect', '--compare'];
/** Enough to see that it works; how well it tells is tested where it is done. */
const BRIEFLY = ['--warm', '--budget', '4m', '--format', 'json'];

test('a working tree that became slower than a revision is exit code 1, and nothing is left in the repository', async () => {
  using sandbox = new TestSuite({ ...SUITE, '.gitattributes': 'tests export-ignore\n' });
  const git = inRepository(sandbox);
  git.commit('fast');
  sandbox.write(
    'tests/conftest.py',
    `${SUITE['tests/conftest.py'] ?? ''}\nfrom time import process_time\n\nuntil = process_time() + 0.6\nwhile process_time() < until:\n    pass\n`,
  );
  const { exitCode, stdout } = await sandbox.run([...COMPARE, 'main', ...BRIEFLY]);
  const comparison = JSON.parse(stdout) as CollectionComparison;
  expect(comparison).toMatchObject({
    kind: 'compared',
    a: 'main',
    b: 'working tree',
    tests: { found: 3 },
    warm: { conclusion: 'slower' },
  });
  expect(comparison).not.toHaveProperty('cold');
  expect(exitCode).toBe(1);
  expect(git.run('status', '--porcelain')).toBe('M tests/conftest.py');
  expect(git.run('worktree', 'list').split('\n')).toHaveLength(1);
  expect(readdirSync(sandbox.temporary)).toEqual([]);
}, 500_000);

test('other tests than before are not compared', async () => {
  using sandbox = new TestSuite(SUITE);
  inRepository(sandbox).commit('three tests');
  sandbox.write('tests/test_keel.py', 'def test_heavy(): pass\n');
  const { exitCode, stdout } = await sandbox.run([...COMPARE, 'HEAD', '--warm']);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/test_keel\.py/);
}, 120_000);

test('a saved profile', async () => {
  using sandbox = new TestSuite(SUITE);
  const save = ['collect', '--no-verify', '--format', 'json', '--output', 'before.json'];
  expect((await sandbox.run(save)).exitCode).toBe(0);
  const { exitCode, stdout } = await sandbox.run([...COMPARE, 'before.json', '--format', 'json']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout) as ProfileComparison).toMatchObject({ kind: 'compared', after: { tests: 3 } });
  sandbox.write('tests/test_keel.py', 'def test_heavy(): pass\n');
  const other = await sandbox.run([...COMPARE, './before.json']);
  expect(other.exitCode).toBe(1);
  expect(other.stdout).toMatch(/test_keel\.py/);
});

test('names that cannot be compared with', async () => {
  using sandbox = new TestSuite({
    ...SUITE,
    'profile.json': '{"schemaVersion": 1, "tree"',
    'other.json': '{}',
  });
  const refused = async (name: string, message: RegExp, ...more: readonly string[]): Promise<void> => {
    const { exitCode, stdout, stderr } = await sandbox.run([...COMPARE, name, ...more]);
    expect(stderr).toMatch(message);
    expect([exitCode, stdout]).toEqual([2, '']);
  };
  await refused(
    'main',
    /--compare "main" is no file, and no revision, since git knows no repository of .*project: not a git repository/,
  );
  const git = inRepository(sandbox);
  git.commit('first');
  await refused('mian', /"mian" is neither a revision .* nor a file\. Did you mean "main"\?/);
  await refused('./nowhere.json', /nor a file\. .*--output \.\/nowhere\.json/);
  await refused('tests', /"tests" is neither/);
  await refused('profile.json', /profile\.json is not JSON/);
  await refused('other.json', /other\.json is no collection profile/);
  await refused('main', /html/, '--format', 'html');
  git.run('branch', 'release');
  sandbox.write('release', '');
  await refused('release', /is both a file and a revision\. Write \.\/release for the file, or [0-9a-f]{12}/);
  await refused('main', /--smallest-limit and --compare/, '--smallest-limit');
});

test('a folder that the revision does not have', async () => {
  using sandbox = new TestSuite({ 'README.md': '' });
  inRepository(sandbox).commit('first');
  sandbox.write('new/test_a.py', 'def test_a(): pass\n');
  const { exitCode, stderr } = await sandbox.run(['collect', 'new', '--compare', 'main']);
  expect(stderr).toMatch(/"main" \([0-9a-f]{12}\) has no folder "new\/" to collect/);
  expect(exitCode).toBe(2);
  expect(readdirSync(join(sandbox.project, 'new'))).toEqual(['test_a.py']);
});
