import { describe, expect, test } from 'vitest';
import { ONE_TEST, smallProject } from './small-project.ts';

describe('how a collection ends by itself', () => {
  test('finished', async () => {
    await using project = await smallProject({ 'test_a.py': ONE_TEST, 'sub/test_b.py': ONE_TEST });
    const run = await project.collect();
    expect(run.outcome).toEqual({ kind: 'finished' });
    expect(run.recording.items?.found).toBe(2);
    expect(run.exit).toEqual({ code: 0, signal: null });
    expect(run.leftBehind).toEqual([]);
    expect(run.cwd).toBe(project.root);
    expect(run.output.stdout).toContain('2 tests collected');
  });

  test('errors, with file, line and traceback; the other files are found', async () => {
    await using project = await smallProject({
      'test_a.py': ONE_TEST,
      'test_b.py': 'import os\nimport not_there\n',
    });
    const run = await project.collect();
    expect(run.outcome).toMatchObject({
      kind: 'errors',
      errors: [{ path: project.path('test_b.py'), line: 2, type: 'ModuleNotFoundError' }],
    });
    expect(run.recording.items?.found).toBe(1);
  });

  test('errors, stopped by -x', async () => {
    await using project = await smallProject({
      'test_a.py': 'raise ValueError("no")\n',
      'test_b.py': ONE_TEST,
    });
    const { outcome } = await project.collect({ args: ['-x'] });
    expect(outcome).toMatchObject({ kind: 'errors', errors: [{ type: 'ValueError', message: 'no' }] });
  });

  test('nothing collected: no test at all, or all deselected', async () => {
    await using project = await smallProject({ 'test_a.py': ONE_TEST });
    expect((await project.collect({ args: ['-k', 'nothing'] })).outcome).toEqual({
      kind: 'nothing-collected',
      deselected: 1,
    });
    await using empty = await smallProject({ 'code.py': '' });
    expect((await empty.collect()).outcome).toEqual({ kind: 'nothing-collected', deselected: 0 });
  });

  test('pytest.exit in a conftest', async () => {
    const exit = 'import pytest\npytest.exit("not today", returncode=0)\n';
    await using project = await smallProject({ 'conftest.py': exit, 'test_a.py': ONE_TEST });
    expect((await project.collect()).outcome).toMatchObject({
      kind: 'interrupted',
      by: 'pytest.exit: not today',
    });
  });

  test('pytest.exit in a test file, which pytest takes for an error of that file', async () => {
    await using project = await smallProject({ 'test_a.py': 'import pytest\npytest.exit("not today")\n' });
    expect((await project.collect()).outcome).toMatchObject({
      kind: 'errors',
      errors: [{ path: project.path('test_a.py'), message: 'not today' }],
    });
  });

  test('a mistake on the command line', async () => {
    await using project = await smallProject({ 'test_a.py': ONE_TEST });
    const unknown = await project.collect({ args: ['--no-such-option'] });
    expect(unknown.outcome).toMatchObject({
      kind: 'usage-error',
      message: expect.stringContaining('--no-such-option') as string,
    });
    const missing = await project.collect({ args: ['no/such/place'] });
    expect(missing.outcome).toMatchObject({
      kind: 'usage-error',
      message: expect.stringContaining('no/such/place') as string,
    });
  });

  test.each([
    [
      'raises in pytest_configure',
      'def pytest_configure(config):\n    raise RuntimeError("broken plugin")\n',
    ],
    [
      'raises in pytest_collection_modifyitems',
      'def pytest_collection_modifyitems():\n    raise RuntimeError("broken plugin")\n',
    ],
    ['cannot be imported', 'raise RuntimeError("broken plugin")\n'],
  ])('a conftest that %s', async (_, conftest) => {
    await using project = await smallProject({ 'conftest.py': conftest, 'test_a.py': ONE_TEST });
    const { outcome } = await project.collect();
    expect(outcome).toMatchObject({
      kind: 'plugin-failure',
      message: expect.stringContaining('broken plugin') as string,
      path: project.path('conftest.py'),
    });
    expect(outcome.kind === 'plugin-failure' && outcome.traceback).toContain('RuntimeError');
  });

  test('a conftest in a folder below that cannot be imported', async () => {
    await using project = await smallProject({
      'test_a.py': ONE_TEST,
      'sub/conftest.py': 'import not_there\n',
      'sub/test_b.py': ONE_TEST,
    });
    const { outcome } = await project.collect();
    expect(['errors', 'plugin-failure']).toContain(outcome.kind);
    expect(JSON.stringify(outcome)).toContain('not_there');
  });

  test.each([
    ['os._exit(0)', 0],
    ['os._exit(2)', 2],
  ])('%s: vanished', async (call, exitCode) => {
    await using project = await smallProject({ 'test_a.py': `import os\n${call}\n` });
    expect((await project.collect()).outcome).toMatchObject({
      kind: 'vanished',
      exitCode,
      at: { phase: 'collect', path: project.path('test_a.py') },
    });
  });

  test.each(['SIGSEGV', 'SIGABRT'])('%s: crashed, with the stack', async (signal) => {
    await using project = await smallProject({
      'test_a.py': `import os, signal\ndef crash():\n    os.kill(os.getpid(), signal.${signal})\ncrash()\n`,
    });
    const { outcome } = await project.collect();
    expect(outcome).toMatchObject({ kind: 'crashed', signal, at: { path: project.path('test_a.py') } });
    const [frame] = outcome.kind === 'crashed' ? (outcome.stacks[0]?.frames ?? []) : [];
    expect(frame).toEqual({ path: project.path('test_a.py'), line: 3, function: 'crash' });
  });

  test('SIGKILL by somebody: crashed, not for memory', async () => {
    await using project = await smallProject({
      'test_a.py': 'import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n',
    });
    expect((await project.collect()).outcome).toMatchObject({ kind: 'crashed', signal: 'SIGKILL' });
  });
});
