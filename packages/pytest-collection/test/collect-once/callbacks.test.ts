import { describe, expect, test } from 'vitest';
import { living } from '../../src/memory/tree-members.ts';
import type { CollectionRunner } from '../../src/model/collection-runner.ts';
import { hostRunner } from '../../src/run/host-runner.ts';
import { ONE_TEST, smallProject } from './small-project.ts';

const HOLDS = 'import time\ntime.sleep(600)\n';

describe('callbacks of collectOnce', { timeout: 120_000 }, () => {
  test.each(['onProgress', 'when'] as const)(
    '%s that throws ends the run at once, and the call rejects with that',
    async (name) => {
      await using project = await smallProject({ 'test_a.py': HOLDS });
      const error = new Error('a defect of the caller');
      const pids: number[] = [];
      const fail = (): never => {
        throw error;
      };
      const options =
        name === 'onProgress' ? { onProgress: fail } : { interrupt: { afterMs: 300_000, when: fail } };
      await expect(project.collect({}, { ...options, runner: observed(pids) })).rejects.toBe(error);
      expect(pids).toHaveLength(1);
      expect(living(pids)).toEqual([]);
    },
  );

  test('a callback that throws at the very last rows is told as well', async () => {
    await using project = await smallProject({ 'test_a.py': ONE_TEST });
    const onProgress = ({ items }: { items: number }): void => {
      if (items > 0) throw new Error('found it');
    };
    await expect(project.collect({}, { onProgress })).rejects.toThrow('found it');
  });

  test('`when` is not asked again once it held, and interrupts also where there is no other time', async () => {
    await using project = await smallProject({ 'test_a.py': HOLDS });
    let held = 0;
    const when = ({ at }: { at: { path?: string } }): boolean => {
      if (at.path !== project.path('test_a.py')) return false;
      held += 1;
      return true;
    };
    const interrupt = { afterMs: Infinity, when, delayMs: 1_000 };
    const { outcome } = await project.collect({}, { interrupt, timeoutMs: Infinity });
    expect(outcome).toMatchObject({ kind: 'interrupted', by: 'SIGINT', at: { phase: 'collect' } });
    expect(held).toBe(1);
  });

  test.each([Infinity, 600 * 3_600_000])('a timeout of %d ms is not over at once', async (timeoutMs) => {
    await using project = await smallProject({ 'test_a.py': ONE_TEST });
    expect((await project.collect({}, { timeoutMs })).outcome).toEqual({ kind: 'finished' });
  });
});

/** This machine, and the processes that were started on it. */
function observed(pids: number[]): CollectionRunner {
  const host = hostRunner();
  return {
    name: host.name,
    async start(request) {
      const running = await host.start(request);
      pids.push(running.pid);
      return running;
    },
  };
}
