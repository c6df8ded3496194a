import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Interruption } from '../../src/model/collect-options.ts';
import type { CollectionRun } from '../../src/model/collection-run.ts';
import { pytestFolder } from '../interpreters/pytests.ts';
import { ONE_TEST, smallProject, type SmallProject } from './small-project.ts';

const HOLDS = 'import time\ntime.sleep(600)\n';

/**
 * Interrupts later and later, until the signal finds the collection in this file, and the marker there that it is to write
 * before: how soon that is depends on the machine.
 */
async function interruptIn(
  project: SmallProject,
  file: string,
  interrupt: Omit<Interruption, 'afterMs'> = {},
  env: Readonly<Record<string, string>> = {},
  marker?: string,
): Promise<CollectionRun> {
  for (let afterMs = 1_500; ; afterMs *= 2) {
    const run = await project.collect({ env }, { interrupt: { ...interrupt, afterMs } });
    const isThere = run.recording.collectors.some(({ path }) => path === project.path(file));
    const isConftest = run.recording.last.path === project.path(file);
    const isReady = marker === undefined ? isThere || isConftest : existsSync(marker);
    if (isReady || afterMs > 60_000) return run;
  }
}

describe('a collection that is interrupted on purpose', { timeout: 240_000 }, () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s while a file is imported', async (signal) => {
    await using project = await smallProject({ 'test_a.py': ONE_TEST, 'test_b.py': HOLDS });
    const run = await interruptIn(project, 'test_b.py', { signal });
    expect(run.outcome).toMatchObject({
      kind: 'interrupted',
      by: signal,
      at: { phase: 'collect', path: project.path('test_b.py') },
    });
    expect(run.stopMs).toBeGreaterThan(0);
    expect(run.stopMs).toBeLessThan(run.wallMs);
  });

  test('SIGINT while a file is imported, under a pytest that goes on with the next file', async () => {
    await using project = await smallProject({ 'test_a.py': HOLDS, 'test_b.py': ONE_TEST });
    const { outcome } = await interruptIn(project, 'test_a.py', {}, { PYTHONPATH: pytestFolder(7) });
    expect(outcome).toMatchObject({
      kind: 'interrupted',
      by: 'SIGINT',
      at: { phase: 'collect', path: project.path('test_a.py') },
    });
  });

  test('SIGINT while a conftest is imported, when pytest does not handle it', async () => {
    await using project = await smallProject({ 'conftest.py': HOLDS, 'test_a.py': ONE_TEST });
    const run = await interruptIn(project, 'conftest.py');
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
    const swallows =
      'import time\ntry:\n    open("marker", "w").close()\n    time.sleep(600)\nexcept BaseException:\n    pass\n';
    await using project = await smallProject({ 'test_a.py': swallows + ONE_TEST });
    const run = await interruptIn(project, 'test_a.py', {}, {}, project.path('marker'));
    expect(run.outcome).toEqual({ kind: 'finished' });
    expect(run.stopMs).toBeGreaterThan(0);
  });

  test('the signal is ignored for longer than patience lasts', async () => {
    const ignores =
      'import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nopen("marker", "w").close()\n';
    await using project = await smallProject({ 'test_a.py': ignores + HOLDS });
    const run = await interruptIn(project, 'test_a.py', { patienceMs: 500 }, {}, project.path('marker'));
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
