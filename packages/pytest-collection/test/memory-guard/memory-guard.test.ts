import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  MEMORY_GUARD_EXIT_CODE,
  MEMORY_GUARD_FILE_VARIABLE,
  MEMORY_GUARD_PREFIX,
} from '../../src/memory-guard/memory-guard.ts';
import { onePerPytest, pytestPairs } from '../interpreters/pytest-pairs.ts';
import { temporaryFolder } from '../trees/temporary-folder.ts';
import { growing, runGuarded } from './guarded-pytest.ts';

const pass = 'def test_pass(): pass\n';
const indented = (text: string): string => text.replace(/^(?=.)/gm, '    ');
const newest = pytestPairs().at(-1);
if (newest === undefined) throw new Error('The tests need a CPython from 3.8 to 3.14');

describe.each(onePerPytest())('pytest $major on CPython $version', ({ major, python }) => {
  it('ends a collection whose module takes too much while it is imported', async () => {
    await using folder = await temporaryFolder();
    const mark = join(folder.path, 'reason');
    const end = await runGuarded(folder.path, {
      python,
      major,
      files: { 'test_a.py': pass, 'deep/test_big.py': growing(600) },
      args: ['--collect-only'],
      env: { [MEMORY_GUARD_FILE_VARIABLE]: mark },
      limitMiB: 256,
    });
    expect(end).toMatchObject({ exitCode: MEMORY_GUARD_EXIT_CODE, kills: 0 });
    expect(end.stderr).toContain(`${MEMORY_GUARD_PREFIX}the run was ended at `);
    expect(end.stderr).toMatch(
      /while: collecting deep\/test_big\.py, at deep\/test_big\.py:[234] \(importing test_big\)/,
    );
    expect(end.stderr).toMatch(/limit: 256\.0 MiB, cgroup v[12] .*; the threshold is 230\.4 MiB/);
    expect(end.stderr).toContain('fix:   move what deep/test_big.py allocates while it is imported');
    expect(await readFile(mark, 'utf8')).toMatch(
      /^memory guard: .* of 256\.0 MiB \(9\d %\) in use while collecting deep\/test_big\.py\n {2}while: .*\n {2}grew: .*\n {2}limit: .*\n {2}fix: .*\n$/,
    );
  });

  it('ends a run whose conftest takes too much before there is a session', async () => {
    await using folder = await temporaryFolder();
    const end = await runGuarded(folder.path, {
      python,
      major,
      files: { 'conftest.py': growing(600), 'test_a.py': pass },
      limitMiB: 256,
    });
    expect(end).toMatchObject({ exitCode: MEMORY_GUARD_EXIT_CODE, kills: 0 });
    expect(end.stderr).toMatch(/while: pytest is configured, at conftest\.py:[234] \(importing conftest\)/);
  });

  it('ends a run whose test takes too much, and tears its fixtures down', async () => {
    await using folder = await temporaryFolder();
    const end = await runGuarded(folder.path, {
      python,
      major,
      files: {
        'test_run.py': `import pytest
@pytest.fixture
def ship():
    yield
    print("the ship is moored", flush=True)
def test_small(): pass
def test_cargo(ship):
${indented(growing(600))}`,
      },
      args: ['-s', '-v'],
      limitMiB: 256,
    });
    expect(end).toMatchObject({ exitCode: MEMORY_GUARD_EXIT_CODE, kills: 0 });
    expect(end.stdout).toContain('test_small PASSED');
    expect(end.stdout).toContain('the ship is moored');
    expect(end.stderr).toMatch(/while: running test_run\.py::test_cargo, at test_run\.py:\d+$/m);
    expect(end.stderr).toContain('fix:   let this test hold less at once');
  });

  it('ends at once what swallows every exception', async () => {
    await using folder = await temporaryFolder();
    const swallowing = `while True:
    try:
${growing(600)
  .replace('held = []', 'held = globals().setdefault("held", [])')
  .replace(/^(?=.)/gm, '        ')}
    except BaseException:
        pass
`;
    const end = await runGuarded(folder.path, {
      python,
      major,
      files: { 'test_deaf.py': swallowing },
      limitMiB: 256,
    });
    expect(end).toMatchObject({ exitCode: MEMORY_GUARD_EXIT_CODE, kills: 0 });
    expect(end.stderr).toContain('collecting test_deaf.py');
    expect(end.stderr).toContain('it was ended at once');
  });

  it('leaves a run alone that stays below the threshold', async () => {
    await using folder = await temporaryFolder();
    const end = await runGuarded(folder.path, {
      python,
      major,
      files: { 'test_a.py': growing(8) + pass },
      limitMiB: 256,
    });
    expect(end).toMatchObject({ exitCode: 0, stderr: '' });
    expect(end.stdout).toMatch(/^memory guard: ends the run at 230\.4 MiB of 256\.0 MiB, cgroup v[12] \//m);
  });
});

describe('workers of xdist', () => {
  it.each(onePerPytest().filter(({ major }) => major > 6))(
    'are ended without being replaced (pytest $major, CPython $version)',
    async ({ major, python }) => {
      await using folder = await temporaryFolder();
      const end = await runGuarded(folder.path, {
        python,
        major,
        files: { 'test_run.py': `${pass}def test_cargo():\n${indented(growing(900, 80))}` },
        args: ['-n', '2'],
        limitMiB: 300,
      });
      expect(end).toMatchObject({ exitCode: MEMORY_GUARD_EXIT_CODE, kills: 0 });
      expect(end.stderr).toContain('while: running test_run.py::test_cargo');
      expect(end.stderr).toContain('start fewer workers (-n)');
      expect(end.stderr).toMatch(/in: {4}worker gw\d/);
      expect(end.stdout).not.toContain('replacing crashed worker');
    },
  );
});

describe('other limits', () => {
  it('watches the limit of the address space', async () => {
    await using folder = await temporaryFolder();
    const end = await runGuarded(folder.path, {
      ...newest,
      files: { 'test_big.py': growing(1500, 450) },
      before: 'ulimit -v 700000;',
    });
    expect(end.exitCode).toBe(MEMORY_GUARD_EXIT_CODE);
    expect(end.stderr).toContain('before allocations began to fail');
    expect(end.stderr).toContain('limit: 683.6 MiB, RLIMIT_AS (ulimit -v); the threshold is 615.2 MiB');
    expect(end.stderr).toContain('or raise the limit (ulimit -v)');
  });

  it('hardly takes any of the address space that it watches', async () => {
    const held = async (threshold: string): Promise<number> => {
      await using folder = await temporaryFolder();
      const { stdout } = await runGuarded(folder.path, {
        ...newest,
        files: {
          'test_space.py': `def test_space():
    print("pages:", open("/proc/self/statm").read().split()[0])
`,
        },
        args: ['-s', `--memory-guard=${threshold}`],
        before: 'ulimit -v 2000000;',
      });
      return Number(/pages: (\d+)/.exec(stdout)?.[1]);
    };
    const pages = (await held('99%')) - (await held('off'));
    expect(pages * 4096).toBeLessThan(8 * 2 ** 20);
  });

  it('takes a size as a budget for this process where nothing else limits it, or the limit is far', async () => {
    await using folder = await temporaryFolder();
    const end = await runGuarded(folder.path, {
      ...newest,
      files: { 'test_big.py': growing(600) },
      args: ['--memory-guard=150m'],
    });
    expect(end.exitCode).toBe(MEMORY_GUARD_EXIT_CODE);
    expect(end.stderr).toContain('while: collecting test_big.py');
    expect(end.stderr).toContain('the threshold is 150.0 MiB');
    expect(end.stderr).toContain('as it was told to');
  });
});

describe('settings', () => {
  const files = { 'test_a.py': pass, 'pytest.ini': '[pytest]\nmemory_guard = 50%\n' };

  it.each([
    { text: 'the ini key', args: [], env: {}, says: 'ends the run at 100.0 MiB of 200.0 MiB' },
    {
      text: 'the variable before the ini key',
      args: [],
      env: { SEAWORTHY_MEMORY_GUARD: '120MiB' },
      says: 'ends the run at 120.0 MiB of 200.0 MiB',
    },
    {
      text: 'the option before the variable',
      args: ['--memory-guard=75.5%'],
      env: { SEAWORTHY_MEMORY_GUARD: '120m' },
      says: 'ends the run at 151.0 MiB of 200.0 MiB',
    },
    { text: 'off', args: ['--memory-guard=off'], env: {}, says: 'memory guard: off' },
    {
      text: 'a size above the limit as 95 % of it',
      args: ['--memory-guard=2g'],
      env: {},
      says: 'ends the run at 190.0 MiB of 200.0 MiB',
    },
  ])('takes $text', async ({ args, env, says }) => {
    await using folder = await temporaryFolder();
    const end = await runGuarded(folder.path, { ...newest, files, args, env, limitMiB: 200 });
    expect(end.exitCode).toBe(0);
    expect(end.stdout).toContain(says);
  });

  it.each(['5x', '0%', '101%', '-3', 'ninety', '400'])(
    'refuses %s and says where it stands',
    async (text) => {
      await using folder = await temporaryFolder();
      const end = await runGuarded(folder.path, {
        ...newest,
        files,
        args: [],
        env: { SEAWORTHY_MEMORY_GUARD: text },
      });
      expect(end.exitCode).toBe(4);
      expect(end.stderr).toContain('SEAWORTHY_MEMORY_GUARD: ');
      expect(end.stderr).toContain('400m');
    },
  );
});
