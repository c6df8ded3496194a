import { existsSync } from 'node:fs';
import { openWorkspace } from '@seaworthy/scenario';
import { describe, expect, it } from 'vitest';
import { hostRunner } from '../../../src/run/host-runner.ts';
import { watchProcessor } from '../../../src/scenarios/collect/processor-wait.ts';
import { startPython } from '../../run/start.ts';

const LINUX = existsSync('/proc/self/schedstat');

describe('watchProcessor', () => {
  it('tells of each process when it started and ended, and keeps what the runner is', async () => {
    await using workspace = await openWorkspace();
    const inner = hostRunner();
    const { runner, processes } = watchProcessor(inner);
    expect(runner.name).toBe(inner.name);
    for (const program of ['import time; time.sleep(0.3)', 'pass']) {
      await using running = await startPython(runner, workspace, program);
      await running.ended;
    }
    expect(processes).toHaveLength(2);
    const [first, second] = processes;
    expect(first!.endedMs - first!.startedMs).toBeGreaterThanOrEqual(300);
    expect(second!.startedMs).toBeGreaterThanOrEqual(first!.endedMs);
    if (!LINUX) expect(first!.waitedForCpuMs).toBeNull();
  });

  it('tells who waits for a processor from who sleeps', async () => {
    await using workspace = await openWorkspace();
    const { runner, processes } = watchProcessor(hostRunner());
    // Two that always want the same core, and one that wants none.
    const pin = 'import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n';
    const spin = `${LINUX ? pin : ''}import time\nend = time.monotonic() + 3\nwhile time.monotonic() < end: pass`;
    const programs = [spin, spin, 'import time; time.sleep(3)'];
    const running = await Promise.all(programs.map((program) => startPython(runner, workspace, program)));
    await Promise.all(running.map((one) => one.ended));
    for (const one of running) await one[Symbol.asyncDispose]();
    const waited = processes.map(({ waitedForCpuMs }) => waitedForCpuMs);
    if (!LINUX) return expect(waited).toEqual([null, null, null]);
    const [one = 0, other = 0, sleeper = 0] = waited.map((ms) => ms ?? Number.NaN);
    expect(one + other).toBeGreaterThan(2_000);
    expect(sleeper).toBeLessThan(one + other);
  });
});
