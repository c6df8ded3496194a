import { execFileSync } from 'node:child_process';
import type { CollectionProfile } from '@seaworthy/pytest-collection';
import { expect, test } from 'vitest';
import { SUITE, TestSuite } from './test-suite.ts';

test.each<[readonly string[], RegExp]>([
  [['nowhere'], /There is no folder ".*nowhere" to start pytest in/],
  [['tests/test_hull.py'], /is a file\. .*: seaworthy collect tests -- test_hull\.py/],
  [['--limit', '5x'], /--limit takes a size above 0, such as 512m or 1\.5g, got "5x"/],
  [['--limit', '0'], /--limit takes a size above 0/],
  [['--limit', '1m'], /memory limit of 1 MiB is less than a Python interpreter needs/],
  [['--limit', '900000g'], /more than this machine has/],
  [
    ['--limit', 'collection/project.wallMs=3'],
    /memory limit, such as 512m\. .*: seaworthy validate --limit collection\/project\.wallMs=3/,
  ],
  [['--limit', '1g', '--smallest-limit'], /--smallest-limit tries limits of its own/],
  [['--timeout', 'soon'], /--timeout takes a span of time/],
  [['--format', 'hmtl'], /Unknown --format "hmtl"\. Did you mean "html"\?/],
  [['--cold'], /--cold, --warm and --budget belong to --compare REV/],
  [['--python', './nowhere'], /interpreter .*nowhere.* no such program/],
  [['--config', 'none.json'], /none\.json/],
  [['--output', '.'], /it is a folder/],
  [['--output', 'no/folder/x.json'], /there is no folder .*no\/folder/],
  [['--smallest-limt'], /unknown option '--smallest-limt'[^]*--smallest-limit/],
  [['tests', 'more'], /too many arguments/],
])('%j is a mistake', async (args, message) => {
  using sandbox = new TestSuite(SUITE);
  const { exitCode, stdout, stderr } = await sandbox.run(['collect', ...args]);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^ +at /m);
  expect([exitCode, stdout]).toEqual([2, '']);
});

test.each<[unknown, RegExp]>([
  [{ args: 'tests' }, /collection\.args: .*array.*, got "tests"/],
  [{ scale: 0 }, /collection\.scale: .*, got 0/],
  [{ timeout: 'soon' }, /collection\.timeout: .*"5m", got "soon"/],
  [{ arg: [] }, /seaworthy\.config\.json:1: unknown key "collection\.arg"\. Did you mean "args"\?/],
])('the configuration %j', async (collection, message) => {
  using sandbox = new TestSuite({ 'seaworthy.config.json': JSON.stringify({ collection }) });
  const { exitCode, stderr } = await sandbox.run(['collect']);
  expect(stderr).toMatch(message);
  expect(exitCode).toBe(2);
});

test('a mistake in what is passed on to pytest is told in its own words', async () => {
  using sandbox = new TestSuite(SUITE);
  const { exitCode, stdout } = await sandbox.run(['collect', '--', '--no-such-option']);
  expect(stdout).toMatch(/--no-such-option/);
  expect(exitCode).toBe(2);
});

test('no interpreter, and an interpreter without pytest: exit code 3, with what to do', async () => {
  using sandbox = new TestSuite(SUITE);
  const without = await sandbox.run(['collect'], { env: { PATH: '/nowhere' } });
  expect(without.stderr).toMatch(/no Python interpreter: /);
  expect([without.exitCode, without.stdout]).toEqual([3, '']);
  execFileSync('python3', ['-m', 'venv', '--without-pip', '.venv'], { cwd: sandbox.project });
  const bare = await sandbox.run(['collect'], { env: { PYTHONPATH: '' } });
  expect(bare.stderr).toMatch(/has no pytest that works: .*No module named 'pytest'.* -m pip install pytest/);
  expect([bare.exitCode, bare.stdout]).toEqual([3, '']);
});

test('names with spaces, letters of all scripts, line feeds and control characters', async () => {
  using sandbox = new TestSuite({
    'мои тесты/test_пароход.py': 'def test_плывёт(): pass\n',
    'two\nlines/test_space here.py': 'def test_a(): pass\n',
    'esc\u001b[31mred/test_red.py': 'def test_b(): pass\n',
  });
  const { exitCode, stdout } = await sandbox.run(['collect', '--no-verify']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('test_пароход.py');
  expect(stdout).not.toMatch(/\u001b|two\nlines/);
});

test('arguments in the settings of pytest that get in the way', async () => {
  using sandbox = new TestSuite({
    ...SUITE,
    'pytest.ini': '[pytest]\naddopts = -v -q -q --strict-markers -p no:cacheprovider -p no:terminal\n',
    'conftest.py': 'import os\nos.write(1, b"hello from the conftest\\n")\n',
  });
  const { exitCode, stdout } = await sandbox.run(['collect', '--no-verify', '--format', 'json']);
  expect(exitCode).toBe(0);
  expect((JSON.parse(stdout) as CollectionProfile).tests).toMatchObject({ found: 3, files: 2 });
});

test('50,000 tests in one file', async () => {
  using sandbox = new TestSuite({
    'test_many.py':
      'import pytest\n\n@pytest.mark.parametrize("n", range(50_000))\ndef test_number(n): pass\n',
  });
  const { exitCode, stdout } = await sandbox.run(['collect', '--no-verify', '--format', 'json']);
  expect(exitCode).toBe(0);
  expect((JSON.parse(stdout) as CollectionProfile).tests).toMatchObject({ found: 50_000, files: 1 });
}, 240_000);
