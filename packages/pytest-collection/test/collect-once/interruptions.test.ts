import { describe, expect, test } from 'vitest';
import { pytestFolder } from '../run/python-of-tests.ts';
import { ONE_TEST, smallProject } from './small-project.ts';

const HOLDS = 'import time\ntime.sleep(600)\n';

describe('a collection that is interrupted on purpose', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s while a file is imported', async (signal) => {
    await using project = await smallProject({ 'test_a.py': ONE_TEST, 'test_b.py': HOLDS });
    const run = await project.collect({}, { interrupt: { signal, afterMs: 3_000 } });
    expect(run.outcome).toMatchObject({
      kind: 'interrupted',
      by: signal,
      at: { phase: 'collect', path: project.path('test_b.py') },
    });
    expect(run.stopMs).toBeGreaterThan(0);
    expect(run.stopMs).toBeLessThan(run.wallMs - 3_000 + 1);
  });

  test('SIGINT while a file is imported, under a pytest that goes on with the next file', async () => {
    await using project = await smallProject({ 'test_a.py': HOLDS, 'test_b.py': ONE_TEST });
    const env = { PYTHONPATH: pytestFolder(7) };
    const { outcome } = await project.collect({ env }, { interrupt: { afterMs: 3_000 } });
    expect(outcome).toMatchObject({
      kind: 'interrupted',
      by: 'SIGINT',
      at: { phase: 'collect', path: project.path('test_a.py') },
    });
  });

  test('SIGINT while a conftest is imported, when pytest does not handle it', async () => {
    await using project = await smallProject({ 'conftest.py': HOLDS, 'test_a.py': ONE_TEST });
    const run = await project.collect({}, { interrupt: { afterMs: 3_000 } });
    expect(run.outcome).toMatchObject({
      kind: 'interrupted',
      by: 'SIGINT',
      at: { phase: 'configure', path: project.path('conftest.py') },
    });
  });

  test('SIGINT before Python has come to itself', async () => {
    await using project = await smallProject({ 'test_a.py': ONE_TEST });
    const { outcome, stopMs } = await project.collect({}, { interrupt: { afterMs: 1 } });
    expect(outcome).toMatchObject({ kind: 'interrupted', by: 'SIGINT' });
    expect(stopMs).toBeGreaterThan(0);
  });

  test('the signal is swallowed, and the collection comes to its end', async () => {
    const swallows = [
      'import time',
      'end = time.monotonic() + 4',
      'while time.monotonic() < end:',
      '    try:',
      '        time.sleep(4)',
      '    except BaseException:',
      '        pass',
      '',
    ].join('\n');
    await using project = await smallProject({ 'test_a.py': swallows + ONE_TEST });
    const run = await project.collect({}, { interrupt: { afterMs: 2_000 } });
    expect(run.outcome).toEqual({ kind: 'finished' });
    expect(run.stopMs).toBeGreaterThan(1_000);
  });

  test('the signal is ignored for longer than patience lasts', async () => {
    const ignores = 'import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n';
    await using project = await smallProject({ 'test_a.py': ignores + HOLDS });
    const run = await project.collect({}, { interrupt: { afterMs: 2_000, patienceMs: 500 } });
    expect(run.outcome).toMatchObject({
      kind: 'timed-out',
      at: { path: project.path('test_a.py') },
      waitsFor: 'time to pass (sleep)',
    });
    expect(run.stopMs).toBeGreaterThan(500);
  });

  test('it is over before the signal is due', async () => {
    await using project = await smallProject({ 'test_a.py': ONE_TEST });
    const run = await project.collect({}, { interrupt: { afterMs: 500_000 } });
    expect(run.outcome).toEqual({ kind: 'finished' });
    expect(run).not.toHaveProperty('stopMs');
  });

  test('the caller gives up: the call rejects with his reason, and nothing is left', async () => {
    await using project = await smallProject({ 'test_a.py': ONE_TEST, 'test_b.py': HOLDS });
    const control = new AbortController();
    const run = project.collect(
      {},
      {
        signal: control.signal,
        onProgress: ({ files }) => files > 0 && control.abort(new Error('enough')),
      },
    );
    await expect(run).rejects.toThrow('enough');
    await expect(project.collect({}, { signal: control.signal })).rejects.toThrow('enough');
  });
});
