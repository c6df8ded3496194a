import { openWorkspace } from '@seaworthy/scenario';
import { describe, expect, test } from 'vitest';
import { limitedRunner } from '../../src/run/limited-runner.ts';
import { PYTHON } from '../interpreters/python.ts';
import { startPython } from './start.ts';

const MIB = 1024 ** 2;
const HOG = 'held = []\nwhile True: held.append(bytearray(1 << 20))';

describe('limitedRunner', () => {
  test('ends a process that wants more, by the tier that it names', async () => {
    await using workspace = await openWorkspace();
    const runner = await limitedRunner(100 * MIB, workspace);
    expect(runner.limit?.bytes).toBe(100 * MIB);
    await using running = await startPython(runner, workspace, HOG);
    const { code, signal } = await running.ended;
    const { memoryKills, peak } = await running.usage();
    if (runner.limit?.tier === 'address-space') {
      expect({ code, memoryKills }).toMatchObject({ code: 1, memoryKills: { own: 0 } });
      expect(running.output().stderr).toContain('MemoryError');
      return;
    }
    expect({ code, signal }).toEqual({ code: null, signal: 'SIGKILL' });
    expect(memoryKills).toMatchObject({ own: 1, ancestors: 0, host: 0, limitBytes: 100 * MIB });
    expect(memoryKills.seen?.byMs).toBeGreaterThan(memoryKills.seen?.afterMs ?? Infinity);
    expect(peak.bytes).toBeLessThanOrEqual(100 * MIB);
    expect(peak.bytes).toBeGreaterThan(98 * MIB);
  });

  test('counts a kill that a shell pipe hides from the exit code', async () => {
    await using workspace = await openWorkspace();
    const runner = await limitedRunner(100 * MIB, workspace);
    await using running = await runner.start({
      command: ['/bin/sh', '-c', '"$@" | tail -3', 'sh', PYTHON, '-c', HOG],
      cwd: workspace.folder,
      env: {},
      workspace,
    });
    expect(await running.ended).toMatchObject({ code: 0 });
    const { memoryKills } = await running.usage();
    expect(memoryKills.own).toBe(runner.limit?.tier === 'address-space' ? 0 : 1);
  });

  test('lets a process be that stays below', async () => {
    await using workspace = await openWorkspace();
    const runner = await limitedRunner(200 * MIB, workspace);
    await using running = await startPython(runner, workspace, 'held = bytearray(50 << 20)');
    expect(await running.ended).toMatchObject({ code: 0 });
    expect((await running.usage()).memoryKills).toEqual({ own: 0, ancestors: 0, host: 0 });
  });

  test('limits the address space where nothing else is wanted, and tells it back', async () => {
    await using workspace = await openWorkspace();
    const runner = await limitedRunner(300 * MIB + 5, workspace, 'address-space');
    expect(runner.limit).toEqual({ bytes: 300 * MIB, tier: 'address-space' });
    expect(runner.name).toBe('address space, 300 MiB');
    const program = 'import resource; print(resource.getrlimit(resource.RLIMIT_AS)[1]); bytearray(400 << 20)';
    await using running = await startPython(runner, workspace, program);
    expect(await running.ended).toMatchObject({ code: 1, signal: null });
    await running.usage();
    const { stdout, stderr } = running.output();
    expect(stdout).toBe(`${300 * MIB}\n`);
    expect(stderr).toContain('MemoryError');
  });

  test.each([
    [MIB, /less than a Python interpreter needs/],
    [2 ** 52, /more than this machine has/],
    [Number.NaN, /whole number of bytes/],
    [100.5 * 1000 + 0.25, /whole number of bytes/],
    [-1, /whole number of bytes/],
  ])('refuses a limit of %d bytes', async (bytes, message) => {
    await using workspace = await openWorkspace();
    await expect(limitedRunner(bytes, workspace)).rejects.toThrow(message);
  });
});
