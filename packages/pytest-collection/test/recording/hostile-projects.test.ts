import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { combinations, pytestFolder } from './interpreters.ts';
import { Project, type Files } from './record-project.ts';

const TWO: Files = {
  'test_a.py': 'def test_a():\n    assert True\n',
  'test_b.py': 'def test_b():\n    assert True\n',
};

/** The oldest and the newest of what there is. */
const extremes = [combinations().at(0), combinations().at(-1)].filter((found) => found !== undefined);

describe.each(extremes)('with $name', (combination) => {
  it.each([
    ['-v', 'addopts = -v'],
    ['-q -q', 'addopts = -q -q'],
    ['--strict-markers', 'addopts = --strict-markers'],
    ['--strict-config', 'addopts = --strict-config -p no:cacheprovider'],
    ['no cache provider', 'addopts = -p no:cacheprovider'],
    ['no terminal at all', 'addopts = -p no:terminal'],
    ['plain assertions', 'addopts = --assert=plain'],
    ['modules imported by path', 'addopts = --import-mode=importlib'],
    ['warnings as errors', 'filterwarnings = error'],
    ['capturing nothing', 'addopts = -s'],
  ])('counts under %s', async (_, line) => {
    await using project = await Project.of({ ...TWO, 'pytest.ini': `[pytest]\n${line}\n` });
    const plain = await project.collectPlainly({ with: combination });
    const { recording, exitCode } = await project.record({ with: combination, detail: 'hooks' });
    expect(exitCode).toBe(plain.exitCode);
    expect(exitCode).toBe(0);
    expect(recording.items).toMatchObject({ found: 2, deselected: 0 });
    expect(recording.ending).toEqual({ status: 0, kind: 'finished' });
  });

  it.each<[string, string]>([
    ['prints to descriptor 1', 'import os\nos.write(1, b"{\\"k\\":\\"items\\"}\\n" * 1000)\n'],
    ['replaces standard output', 'import io, sys\nsys.stdout = io.StringIO()\nsys.stderr = None\n'],
    ['closes every descriptor', 'import os\nos.closerange(3, 4096)\n'],
    [
      'closes every descriptor and opens others in their place',
      'import os\nos.closerange(3, 4096)\nMINE = [os.open("taken.txt", os.O_RDWR | os.O_CREAT) for _ in range(1020)]\nfor fd in MINE[:30]: os.close(fd)\n',
    ],
    ['forks', 'import os\npid = os.fork()\nif pid == 0:\n    os._exit(3)\nos.waitpid(pid, 0)\n'],
    ['changes the directory', 'import os\nos.chdir("/")\n'],
    ['takes the clock away', 'import time\ntime.monotonic_ns = time.process_time_ns = None\n'],
    ['takes what writes away', 'import os\nos.write = os.fstat = os.pread = None\n'],
    [
      'hides /proc behind a lower limit',
      'import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))\n',
    ],
  ])('is not disturbed by a conftest that %s', async (_, conftest) => {
    await using project = await Project.of({ ...TWO, 'conftest.py': conftest });
    const { recording, exitCode } = await project.record({
      with: combination,
      args: ['-s'],
    });
    expect(exitCode).toBe(0);
    expect(recording.items).toMatchObject({ found: 2 });
    expect(recording.ending).toEqual({ status: 0, kind: 'finished' });
    expect(recording.phases.at(-1)?.name).toBe('exit');
    expect(await readFile(project.path('taken.txt'), 'utf8').catch(() => '')).toBe('');
  });

  it('is not told the story of a forked child', async () => {
    await using project = await Project.of({
      ...TWO,
      'conftest.py': 'import os\nPID = os.fork()\n',
    });
    const { recording } = await project.record({ with: combination });
    expect(recording.collectors.filter(({ kind }) => kind === 'Module')).toHaveLength(2);
    expect(recording.phases.filter(({ name }) => name === 'collect')).toHaveLength(1);
    expect(recording.items).toMatchObject({ found: 2 });
  });

  it('tells how far a run came that vanished', async () => {
    await using project = await Project.of({ ...TWO, 'test_b.py': 'import os\nos._exit(0)\n' });
    const { recording, exitCode } = await project.record({ with: combination });
    expect(exitCode).toBe(0);
    expect(recording).not.toHaveProperty('ending');
    expect(recording).not.toHaveProperty('items');
    expect(recording.last).toMatchObject({
      phase: 'collect',
      path: project.path('test_b.py'),
      nodeId: 'test_b.py',
      importing: 'test_b',
    });
    expect(recording.collectors.find(({ nodeId }) => nodeId === 'test_b.py')).not.toHaveProperty('own');
  });

  it('tells in which module a run was killed', async () => {
    await using project = await Project.of({
      'test_a.py': 'import big_one\n',
      'big_one.py': 'import inner_one\n',
      'inner_one.py': 'import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n',
    });
    const { recording, signal } = await project.record({ with: combination });
    expect(signal).toBe('SIGKILL');
    expect(recording.last).toMatchObject({ path: project.path('test_a.py'), importing: 'inner_one' });
  });

  it('tells of threads, children and descriptors that are left', async () => {
    await using project = await Project.of({
      ...TWO,
      'conftest.py':
        'import subprocess, threading, time\n' +
        'threading.Thread(target=time.sleep, args=(0.3,), name="lingers").start()\n' +
        'threading.Thread(target=time.sleep, args=(60,), name="daemon", daemon=True).start()\n' +
        'CHILD = subprocess.Popen(["sleep", "30"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n' +
        'import atexit\natexit.register(CHILD.kill)\n' +
        'KEPT = [open(__file__) for _ in range(20)]\n',
    });
    const { recording } = await project.record({ with: combination });
    expect(recording.leftovers?.threads).toContainEqual({ name: 'lingers', daemon: false });
    expect(recording.leftovers?.threads).toContainEqual({ name: 'daemon', daemon: true });
    expect(recording.leftovers?.children).toMatchObject([{ command: 'sleep 30' }]);
    expect(recording.leftovers?.descriptors).toBeGreaterThanOrEqual(20);
    expect(recording.leftovers?.descriptors).toBeLessThan(40);
    expect(recording.phases.at(-1)?.wallMs).toBeGreaterThan(100);
  });

  it('takes any name of a file', async () => {
    await using project = await Project.of({
      'with space/test_a b.py': 'def test_a(): pass\n',
      'ünïcödé/test_ö.py': 'def test_ö(): pass\n',
      'new\nline/test_x\ny.py': 'def test_x(): pass\n',
    });
    const { recording, exitCode } = await project.record({
      with: combination,
      args: ['--import-mode=importlib'],
    });
    expect(exitCode).toBe(0);
    expect(recording.items?.found).toBe(3);
    expect(recording.items?.files.map(({ path }) => path).toSorted()).toEqual(
      ['new\nline/test_x\ny.py', 'with space/test_a b.py', 'ünïcödé/test_ö.py'].map((path) =>
        project.path(path),
      ),
    );
  });
});

it('collects in one process with pytest-xdist asked for', async () => {
  await using project = await Project.of({ ...TWO, 'pytest.ini': '[pytest]\naddopts = -p xdist -n 4\n' });
  const { recording, exitCode, stderr } = await project.record({ more: [pytestFolder('xdist')] });
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  expect(recording.items?.found).toBe(2);
  expect(recording.pytest?.args).toEqual(['-p', 'xdist', '-n', '4']);
});

it('takes names that are no text', async () => {
  await using project = await Project.of({ 'test_a.py': 'def test_a(): pass\n' });
  const name = Buffer.concat([Buffer.from(project.path('test_')), Buffer.of(0xff), Buffer.from('.py')]);
  await writeFile(name, 'def test_b(): pass\n');
  const options = {
    args: ['-q', '-q', '--import-mode=importlib'],
    env: { PYTHONIOENCODING: 'utf-8:backslashreplace' },
  };
  const { recording, exitCode } = await project.record(options);
  expect(exitCode).toBe(0);
  expect(recording.items).toMatchObject({ found: 2 });
  // What Python makes of a byte that is no text
  expect(recording.items?.files.map(({ path }) => path)).toContain(project.path('test_\udcff.py'));
});

it('writes no row for each test', async () => {
  await using project = await Project.of({
    'test_many.py':
      'import pytest\n\n\n@pytest.mark.parametrize("n", range(50_000))\ndef test_n(n):\n    pass\n',
  });
  const { recording, rowsFile } = await project.record({ args: ['-q', '-q'] });
  expect(recording.items?.found).toBe(50_000);
  expect((await readFile(rowsFile)).length).toBeLessThan(200_000);
});
