import { describe, expect, test } from 'vitest';
import { connectEngine } from '@seaworthy/container-engine';
import { openWorkspace } from '@seaworthy/scenario';
import { collectOnce } from '../../../src/collect-once.ts';
import { containerRunner } from '../../../src/run/container/container-runner.ts';
import { ONE_TEST } from '../../collect-once/small-project.ts';
import { containerProject, IMAGE, IMAGE_PYTHON, MIB } from './container-project.ts';

const HOG = 'def fill():\n    held = []\n    while True: held.append(bytearray(1 << 20))\nfill()\n';

describe('a collection in a container', () => {
  test('is recorded as on this machine, under the limit that is in force', async () => {
    await using project = await containerProject({ 'test_a.py': ONE_TEST, 'sub/test_b.py': ONE_TEST });
    const progress: number[] = [];
    const run = await project.collect(
      { memoryBytes: 200 * MIB },
      {},
      { detail: 'hooks', onProgress: ({ items }) => void progress.push(items) },
    );
    expect(run.outcome).toEqual({ kind: 'finished' });
    expect(run.exit).toEqual({ code: 0, signal: null });
    expect(run.limit).toEqual({ bytes: 200 * MIB, tier: 'container' });
    expect(run.runner).toBe(`container of ${IMAGE}, 200 MiB`);
    expect(run.recording.items?.found).toBe(2);
    expect(run.recording.collectors.map(({ path }) => path)).toContain('/project/sub/test_b.py');
    expect(run.recording.hooks.length).toBeGreaterThan(20);
    expect(progress.at(-1)).toBe(2);
    expect(run.output.stdout).toContain('2 tests collected');
    expect(run.peak.source).toBe('container');
    expect(run.peak.bytes).toBeGreaterThan(10 * MIB);
    expect(run.peak.processes.map(({ pid }) => pid)).toContain(run.recording.python?.pid);
    // The whole of it, from its very beginning on.
    expect(run.cpuMs).toBeGreaterThanOrEqual(0.95 * (run.recording.ownCpuMs ?? Number.NaN));
    // One clock: Python's first word comes after the start, and its last before the end.
    expect(run.spans[0]?.name).toBe('start-up');
    expect(run.spans.at(-1)?.name).toBe('teardown');
    const imported = run.recording.phases.find(({ name }) => name === 'import')?.atMs ?? Number.NaN;
    expect(imported).toBeGreaterThan(0);
    expect(imported).toBeLessThan(run.wallMs);
  });

  test('killed by the limit of the container: in which file, and who', async () => {
    await using project = await containerProject({ 'test_a.py': ONE_TEST, 'test_b.py': HOG });
    const run = await project.collect({ memoryBytes: 120 * MIB, memorySwapBytes: 120 * MIB });
    expect(run.outcome).toMatchObject({
      kind: 'killed-for-memory',
      by: 'own-limit',
      limitBytes: 120 * MIB,
      at: { phase: 'collect', path: '/project/test_b.py' },
      victim: expect.stringMatching(/^pytest itself /) as string,
    });
    expect(run.exit.signal).toBe('SIGKILL');
    expect(run.peak.bytes / MIB).toBeGreaterThan(110);
    expect(run.peak.bytes / MIB).toBeLessThanOrEqual(120);
  });

  test('killed behind a pipe whose exit code is 0', async () => {
    await using project = await containerProject({ 'test_a.py': HOG });
    const run = await project.collect(
      { memoryBytes: 120 * MIB, memorySwapBytes: 120 * MIB },
      { pipe: 'tail -3' },
    );
    expect(run.exit).toEqual({ code: 0, signal: null });
    expect(run.outcome).toMatchObject({ kind: 'killed-for-memory', by: 'own-limit', limitBytes: 120 * MIB });
  });

  test('a child is killed while pytest lives', async () => {
    const program = `import subprocess, sys\nsubprocess.run([sys.executable, "-c", ${JSON.stringify(HOG)}])\n`;
    await using project = await containerProject({ 'test_a.py': program + ONE_TEST });
    const { outcome, recording } = await project.collect({
      memoryBytes: 120 * MIB,
      memorySwapBytes: 120 * MIB,
    });
    expect(recording.items?.found).toBe(1);
    expect(outcome).toMatchObject({ kind: 'killed-for-memory', by: 'own-limit', hit: 'child' });
  });

  test('interrupted: the signal reaches the whole group', async () => {
    await using project = await containerProject({ 'test_a.py': 'import time\ntime.sleep(600)\n' });
    const { outcome, stopMs } = await project.collect(
      {},
      {},
      { interrupt: { afterMs: 60_000, when: ({ at }) => at.path === '/project/test_a.py', delayMs: 100 } },
    );
    expect(outcome).toMatchObject({ kind: 'interrupted', at: { path: '/project/test_a.py' } });
    expect(stopMs).toBeGreaterThan(0);
  });

  test('timed out: with the stack, and what it waits for', async () => {
    const child = 'import subprocess\nsubprocess.run(["sleep", "600"])\n';
    await using project = await containerProject({ 'test_a.py': child });
    const { outcome } = await project.collect({}, {}, { timeoutMs: 6_000 });
    expect(outcome).toMatchObject({
      kind: 'timed-out',
      at: { path: '/project/test_a.py' },
      waitsFor: expect.stringContaining('a child: sleep 600') as string,
    });
    const frames = outcome.kind === 'timed-out' ? outcome.stacks.flatMap((stack) => stack.frames) : [];
    expect(frames).toContainEqual(expect.objectContaining({ path: '/project/test_a.py', line: 2 }));
  });

  test('ends by itself in the middle', async () => {
    await using project = await containerProject({ 'test_a.py': 'import os\nos._exit(0)\n' });
    const { outcome } = await project.collect();
    expect(outcome).toMatchObject({ kind: 'vanished', exitCode: 0, at: { path: '/project/test_a.py' } });
  });

  test('crashes', async () => {
    await using project = await containerProject({
      'test_a.py': 'import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n',
    });
    expect((await project.collect()).outcome).toMatchObject({ kind: 'crashed', signal: 'SIGSEGV' });
  });

  test('a daemon that is left behind is told of, and gone', async () => {
    const daemon = 'import subprocess\nsubprocess.Popen(["sleep", "611"], start_new_session=True)\n';
    await using project = await containerProject({ 'test_a.py': daemon + ONE_TEST });
    const run = await project.collect();
    expect(run.outcome.kind).toBe('finished');
    expect(run.leftBehind).toEqual(['sleep 611']);
  });

  test('variables are set and taken away', async () => {
    const checks =
      'import os\nassert os.environ["HARBOUR"] == "north"\nassert "LANG" not in os.environ and "HOME" not in os.environ\n';
    await using project = await containerProject({ 'test_a.py': checks + ONE_TEST });
    const run = await project.collect({}, { env: { HARBOUR: 'north', LANG: undefined, HOME: undefined } });
    expect(run.outcome).toEqual({ kind: 'finished' });
  });

  test('private bytecode: cold, then warm', async () => {
    await using project = await containerProject({ 'test_a.py': ONE_TEST });
    await using workspace = await openWorkspace();
    const bytecode = { kind: 'private', folder: await workspace.makeFolder('bytecode') } as const;
    expect((await project.collect({}, {}, { bytecode })).bytecode).toBe('cold');
    expect((await project.collect({}, {}, { bytecode })).bytecode).toBe('warm');
  });
});

describe('what cannot be started', () => {
  test('a folder that the image has not', async () => {
    await using project = await containerProject({});
    await expect(project.collect({}, { root: '/no/folder' })).rejects.toThrow(
      'The image has no folder /no/folder',
    );
  });

  test('an interpreter that the image has not', async () => {
    await using project = await containerProject({ 'test_a.py': ONE_TEST });
    await expect(project.collect({}, { python: '/no/python' })).rejects.toThrow(
      'The image cannot start /no/python',
    );
  });

  test.each([
    ['an image that the engine has not', { image: 'seaworthy-no-such-image' }, 'NO_IMAGE'],
    ['an image without Python', { image: 'seaworthy-test/tiny:latest' }, 'NO_INTERPRETER'],
    ['a limit below what the engine takes', { limits: { memoryBytes: 1024 } }, 'LIMIT'],
    ['a limit of nothing', { limits: { memoryBytes: 0 } }, 'IMPOSSIBLE_LIMIT'],
  ])('%s', async (_, { image = IMAGE, limits = {} }: { image?: string; limits?: object }, code) => {
    await using workspace = await openWorkspace();
    const engine = await connectEngine();
    const collecting = containerRunner({ engine, image, python: IMAGE_PYTHON, limits, workspace }).then(
      (runner) => collectOnce({ root: '/', python: IMAGE_PYTHON }, { runner, workspace }),
    );
    await expect(collecting).rejects.toMatchObject({ name: 'UsageError', code });
  });

  test('an engine on another machine', async () => {
    await using workspace = await openWorkspace();
    const here = await connectEngine();
    const engine = { ...here, facts: { ...here.facts, local: false } };
    await expect(
      containerRunner({ engine, image: IMAGE, python: IMAGE_PYTHON, workspace }),
    ).rejects.toMatchObject({ code: 'REMOTE_ENGINE' });
  });
});
