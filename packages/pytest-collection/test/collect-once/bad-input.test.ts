import { chmodSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { UsageError } from '@seaworthy/scenario';
import { collectOnce } from '../../src/collect-once.ts';
import { PYTHON } from '../interpreters/python.ts';
import { pytestFolder } from '../interpreters/pytests.ts';
import { ONE_TEST, smallProject } from './small-project.ts';

describe('projects that do what they should not', () => {
  test.each([
    ['prints megabytes to descriptor 1', 'import os\nfor _ in range(3000): os.write(1, b"x" * 1024)\n'],
    ['closes every descriptor that it does not know', 'import os\nos.closerange(3, 256)\n'],
    ['replaces sys.stdout', 'import io, sys\nsys.stdout = io.StringIO()\n'],
    [
      'forks, and the child goes on collecting nothing',
      'import os, time\nif os.fork() == 0:\n    time.sleep(0.3)\n    os._exit(0)\n',
    ],
    ['changes the folder', 'import os\nos.chdir("/")\n'],
    ['empties the environment', 'import os\nos.environ.clear()\n'],
  ])('a conftest that %s', async (_, conftest) => {
    await using project = await smallProject({ 'conftest.py': conftest, 'test_a.py': ONE_TEST });
    const run = await project.collect({ args: ['-s'] });
    expect(run.outcome).toEqual({ kind: 'finished' });
    expect(run.recording.items?.found).toBe(1);
    expect(run.leftBehind).toEqual([]);
  });

  test('a conftest that closes all descriptors, which pytest itself does not survive', async () => {
    const conftest = 'import os\nos.closerange(0, 256)\n';
    await using project = await smallProject({ 'conftest.py': conftest, 'test_a.py': ONE_TEST });
    const { outcome } = await project.collect({ args: ['-s'] });
    expect(outcome).toMatchObject({
      kind: 'plugin-failure',
      message: expect.stringContaining('Bad file descriptor') as string,
    });
  });

  test('a conftest that forks, and the child becomes a pytest of its own that does not end', async () => {
    const conftest = 'import os, time\nif os.fork() == 0:\n    time.sleep(600)\n';
    await using project = await smallProject({ 'conftest.py': conftest, 'test_a.py': ONE_TEST });
    const run = await project.collect();
    expect(run.outcome).toEqual({ kind: 'finished' });
    expect(run.recording.items?.found).toBe(1);
    expect(run.leftBehind).toHaveLength(1);
  });

  test('a thread that keeps the process alive: its time is part of the spans', async () => {
    const conftest =
      'import threading, time\nthreading.Thread(target=time.sleep, args=(6,), name="lingers").start()\n';
    await using project = await smallProject({ 'conftest.py': conftest, 'test_a.py': ONE_TEST });
    const run = await project.collect();
    expect(run.outcome).toEqual({ kind: 'finished' });
    const exit = run.spans.find(({ name }) => name === 'exit');
    expect((exit?.toMs ?? 0) - (exit?.fromMs ?? 0)).toBeGreaterThan(1_000);
    expect(run.recording.leftovers?.threads).toContainEqual({ name: 'lingers', daemon: false });
  });

  test('names with spaces, newlines and other alphabets', async () => {
    const names = ['test_a b.py', 'test_grün.py', 'test_new\nline.py', 'ordner mit leerzeichen/test_x.py'];
    await using project = await smallProject(Object.fromEntries(names.map((name) => [name, ONE_TEST])));
    const run = await project.collect();
    expect(run.outcome).toEqual({ kind: 'finished' });
    expect(run.recording.items?.files.map(({ path }) => path).sort()).toEqual(
      names.map((name) => project.path(name)).sort(),
    );
  });

  test('a folder that nobody may write to', async () => {
    await using project = await smallProject({ 'test_a.py': ONE_TEST });
    chmodSync(project.root, 0o555);
    try {
      expect((await project.collect()).outcome).toEqual({ kind: 'finished' });
    } finally {
      chmodSync(project.root, 0o755);
    }
  });

  test('20,000 tests in one file', async () => {
    await using project = await smallProject({
      'test_a.py':
        'import pytest\n@pytest.mark.parametrize("n", range(20_000))\ndef test_one(n):\n    pass\n',
    });
    const run = await project.collect();
    expect(run.outcome).toEqual({ kind: 'finished' });
    expect(run.recording.items?.found).toBe(20_000);
  });
});

describe('what is not there', () => {
  test('no pytest in the interpreter', async () => {
    await using project = await smallProject({ 'test_a.py': ONE_TEST });
    const bare = await project.workspace.makeFolder('bare');
    writeFileSync(
      `${bare}/pytest.py`,
      'raise ModuleNotFoundError("No module named \'pytest\'", name="pytest")\n',
    );
    const { outcome } = await project.collect({ env: { PYTHONPATH: bare } });
    expect(outcome).toMatchObject({
      kind: 'no-pytest',
      message: expect.stringContaining('pytest') as string,
    });
  });

  test('an interpreter that is none', async () => {
    await using project = await smallProject({ 'test_a.py': ONE_TEST });
    expect((await project.collect({ python: '/bin/false' })).outcome).toMatchObject({ kind: 'no-pytest' });
    expect((await project.collect({ python: '/bin/true' })).outcome).toMatchObject({ kind: 'no-pytest' });
  });

  test('an interpreter that is not there, or no program; a folder that is not there', async () => {
    await using project = await smallProject({ 'test_a.py': ONE_TEST });
    for (const python of ['/no/such/python', project.path('test_a.py'), project.root]) {
      await expect(project.collect({ python })).rejects.toThrow(UsageError);
    }
    const root = project.path('nowhere');
    await expect(collectOnce({ root, python: PYTHON }, { workspace: project.workspace })).rejects.toThrow(
      UsageError,
    );
  });
});

test('without a workspace of the caller, nothing is left', async () => {
  await using project = await smallProject({ 'test_a.py': ONE_TEST });
  const env = { PYTHONPATH: pytestFolder(9), PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1' };
  const progress: number[] = [];
  const run = await collectOnce(
    { root: project.root, python: PYTHON, env },
    { onProgress: ({ items }) => progress.push(items) },
  );
  expect(run.outcome).toEqual({ kind: 'finished' });
  expect(progress.at(-1)).toBe(1);
});
