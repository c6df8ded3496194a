import { readFileSync } from 'node:fs';
import { openWorkspace } from '@seaworthy/scenario';
import { describe, expect, test } from 'vitest';
import { living } from '../../src/memory/tree-members.ts';
import { hostRunner } from '../../src/run/host-runner.ts';
import { afterALook, WAIT_FOR_A_LOOK } from './after-a-look.ts';
import { startPython } from './start.ts';

const MIB = 1024 ** 2;

describe.each(['cgroup-where-possible', 'high-water-marks'] as const)('hostRunner, %s', (measuring) => {
  const runner = hostRunner(measuring);

  test('tells how the process ended and what it printed last', async () => {
    await using workspace = await openWorkspace();
    await using running = await startPython(
      runner,
      workspace,
      'import sys; print("to one"); print("to the other", file=sys.stderr); sys.exit(3)',
    );
    expect(await running.ended).toMatchObject({ code: 3, signal: null });
    await running.usage();
    expect(running.output()).toEqual({ stdout: 'to one\n', stderr: 'to the other\n' });
  });

  test('finds a spike of memory that was over long before the end', async () => {
    await using workspace = await openWorkspace();
    const program = `${WAIT_FOR_A_LOOK}held = bytearray(300 * ${MIB}); del held; wait_for_a_look()`;
    await using running = await startPython(runner, workspace, program);
    await afterALook(workspace.folder);
    await running.ended;
    const { peak } = await running.usage();
    expect(peak.bytes / MIB).toBeGreaterThan(300);
    expect(peak.bytes / MIB).toBeLessThan(330);
    expect(peak.processes[0]?.bytes).toBeGreaterThan(300 * MIB);
  });

  test('counts the processor time of children', async () => {
    await using workspace = await openWorkspace();
    const spin = 'import time\nwhile time.process_time() < 0.6: pass';
    const program = `${WAIT_FOR_A_LOOK}import subprocess, sys; subprocess.run([sys.executable, "-c", ${JSON.stringify(spin)}]); wait_for_a_look()`;
    await using running = await startPython(runner, workspace, program);
    await afterALook(workspace.folder);
    await running.ended;
    const { cpuMs } = await running.usage();
    expect(cpuMs).toBeGreaterThan(550);
    expect(cpuMs).toBeLessThan(10_000);
  });

  test('ends what outlives the main process, a daemon with another environment too, and lists it', async () => {
    await using workspace = await openWorkspace();
    const program = [
      WAIT_FOR_A_LOOK,
      'import subprocess, sys',
      'for env in (None, {}):',
      '    child = subprocess.Popen([sys.executable, "-c", "import time; print(1, flush=True); time.sleep(600)"],',
      '        start_new_session=True, stdout=subprocess.PIPE, env=env)',
      '    child.stdout.read(1)',
      '    print(child.pid)',
      'sys.stdout.flush()',
      'wait_for_a_look()', // So that they were seen before their parent goes.
    ].join('\n');
    await using running = await startPython(runner, workspace, program);
    await afterALook(workspace.folder);
    await running.ended;
    const { leftBehind } = await running.usage();
    expect(leftBehind).toHaveLength(2);
    expect(leftBehind[0]).toContain('time.sleep(600)');
    const pids = running.output().stdout.trim().split('\n').map(Number);
    expect(pids).toHaveLength(2);
    expect(living(pids)).toEqual([]);
  });

  test('disposing of it ends the whole tree, a daemon with another environment too', async () => {
    await using workspace = await openWorkspace();
    const program = [
      WAIT_FOR_A_LOOK,
      'import subprocess, sys, time',
      'child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True, env={})',
      'wait_for_a_look()', // So that it was seen before its parent goes.
      'print(child.pid, flush=True)',
      'time.sleep(600)',
    ].join('\n');
    const running = await startPython(runner, workspace, program);
    await afterALook(workspace.folder);
    while (!running.output().stdout.includes('\n')) await new Promise((resolve) => setTimeout(resolve, 10));
    await running[Symbol.asyncDispose]();
    expect(living([running.pid, Number(running.output().stdout)])).toEqual([]);
  });

  test('keeps the environment and the bytes of every argument', async () => {
    await using workspace = await openWorkspace();
    const odd = ['a b', "it's", '$HOME', '', 'new\nline', '--', '*', 'grün'];
    const env = { 'WITH.DOT': 'kept', PWD: '/somewhere/else', OLDPWD: undefined, SHLVL: '7', space: 'x' };
    await using running = await runner.start({
      command: [process.execPath, '-e', PRINT, ...odd],
      cwd: workspace.folder,
      env,
      workspace,
    });
    await running.ended;
    await running.usage();
    const [args, seen] = JSON.parse(running.output().stdout) as [string[], Record<string, string>];
    expect(args).toEqual(odd);
    expect(seen).toMatchObject({ 'WITH.DOT': 'kept', PWD: '/somewhere/else', SHLVL: '7', space: 'x' });
    expect(seen).not.toHaveProperty('OLDPWD');
  });

  test('reads megabytes of output without making the writer wait, and keeps the last 16 KiB', async () => {
    await using workspace = await openWorkspace();
    const program = 'import sys\nfor n in range(300000): sys.stdout.write("%020d grün\\n" % n)';
    await using running = await startPython(runner, workspace, program, { PYTHONIOENCODING: 'utf-8' });
    expect(await running.ended).toMatchObject({ code: 0 });
    await running.usage();
    const { stdout } = running.output();
    expect(Buffer.byteLength(stdout)).toBeLessThanOrEqual(16 * 1024);
    expect(Buffer.byteLength(stdout)).toBeGreaterThan(15 * 1024);
    expect(stdout.endsWith('299999 grün\n')).toBe(true);
  });

  test('signals the whole group, or one process of the tree', async () => {
    await using workspace = await openWorkspace();
    const program =
      'import signal, sys\nsignal.signal(signal.SIGUSR1, lambda *_: sys.exit(9))\nprint("ready", flush=True)\nwhile True: signal.pause()';
    await using running = await startPython(runner, workspace, program);
    while (!running.output().stdout.includes('ready'))
      await new Promise((resolve) => setTimeout(resolve, 10));
    running.signalProcess?.(process.pid, 'SIGUSR1'); // Not of the tree, so it must not get it.
    running.signalProcess?.(running.pid, 'SIGUSR1');
    expect(await running.ended).toMatchObject({ code: 9 });
  });

  test('leaves no cgroup behind', async () => {
    await using workspace = await openWorkspace();
    await using running = await startPython(runner, workspace, 'print(open("/proc/self/cgroup").read())');
    await running.ended;
    await running.usage();
    const own = readFileSync('/proc/self/cgroup', 'utf8');
    const inside = running.output().stdout;
    expect(inside.includes(workspace.runId)).toBe(measuring === 'cgroup-where-possible' && own !== '');
    await running[Symbol.asyncDispose]();
    expect(readFileSync('/proc/self/cgroup', 'utf8')).toBe(own);
  });
});

const PRINT = 'process.stdout.write(JSON.stringify([process.argv.slice(1), process.env]))';
