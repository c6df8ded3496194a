import { describe, expect, test } from 'vitest';
import { memoryGuardFolder } from '../../src/memory-guard/memory-guard.ts';
import { hostRunner } from '../../src/run/host-runner.ts';
import { limitedRunner } from '../../src/run/limited-runner.ts';
import { pytestFolder } from '../interpreters/pytests.ts';
import { ONE_TEST, smallProject } from './small-project.ts';

const MIB = 1024 ** 2;
const HOG = 'def fill():\n    held = []\n    while True: held.append(bytearray(1 << 20))\nfill()\n';

describe('a collection under a limit of memory', () => {
  test('killed: by the own limit, in which file, and who', async () => {
    await using project = await smallProject({ 'test_a.py': ONE_TEST, 'test_b.py': HOG });
    const runner = await limitedRunner(150 * MIB, project.workspace);
    const run = await project.collect({}, { runner });
    expect(run.limit).toEqual(runner.limit);
    expect(run.outcome).toMatchObject({ kind: 'killed-for-memory', limitBytes: 150 * MIB });
    expect(runner.limit?.tier).toMatch(/^cgroup-v/);
    expect(run.outcome).toMatchObject({
      by: 'own-limit',
      at: { phase: 'collect', path: project.path('test_b.py') },
      victim: expect.stringMatching(/^pytest itself /) as string,
    });
    expect(run.exit.signal).toBe('SIGKILL');
    expect(run.peak.bytes / MIB).toBeGreaterThan(145);
    expect(run.peak.bytes / MIB).toBeLessThanOrEqual(150);
  });

  test('killed behind a pipe whose exit code is 0', async () => {
    await using project = await smallProject({ 'test_a.py': HOG });
    const runner = await limitedRunner(150 * MIB, project.workspace);
    const run = await project.collect({ pipe: 'tail -3' }, { runner });
    expect(run.exit).toEqual({ code: 0, signal: null });
    expect(run.outcome).toMatchObject({ kind: 'killed-for-memory', limitBytes: 150 * MIB });
  });

  test('a child is killed while pytest lives', async () => {
    const child = JSON.stringify(HOG);
    const program = `import subprocess, sys\nsubprocess.run([sys.executable, "-c", ${child}])\n`;
    await using project = await smallProject({ 'test_a.py': program + ONE_TEST });
    const runner = await limitedRunner(400 * MIB, project.workspace);
    const run = await project.collect({}, { runner });
    expect(run.recording.items?.found).toBe(1);
    expect(runner.limit?.tier).toMatch(/^cgroup-v/);
    expect(run.outcome).toMatchObject({
      kind: 'killed-for-memory',
      by: 'own-limit',
      hit: 'child',
      at: { phase: 'collect', path: project.path('test_a.py') },
      victim: expect.not.stringContaining('pytest itself') as string,
    });
  });

  test('out of address space: an error in Python, not a kill', async () => {
    await using project = await smallProject({ 'test_a.py': ONE_TEST, 'test_b.py': HOG });
    const runner = await limitedRunner(400 * MIB, project.workspace, 'address-space');
    const { outcome } = await project.collect({}, { runner });
    expect(outcome).toMatchObject({
      kind: 'killed-for-memory',
      by: 'address-space-limit',
      limitBytes: 400 * MIB,
    });
  });

  test('so little address space that Python does not start', async () => {
    await using project = await smallProject({ 'test_a.py': ONE_TEST });
    const runner = await limitedRunner(16 * MIB, project.workspace, 'address-space');
    const { outcome } = await project.collect({}, { runner });
    expect(outcome).toMatchObject({ kind: 'killed-for-memory', by: 'address-space-limit' });
  });

  test('a failing import under a limit that was not hit stays an error', async () => {
    await using project = await smallProject({ 'test_a.py': 'import not_there\n' });
    const runner = await limitedRunner(400 * MIB, project.workspace);
    expect((await project.collect({}, { runner })).outcome.kind).toBe('errors');
  });

  test('ended by the memory guard', async () => {
    await using project = await smallProject({ 'test_a.py': ONE_TEST, 'test_b.py': HOG });
    const { outcome } = await project.collect({
      args: ['-p', 'seaworthy_memory_guard', '--memory-guard=200m'],
      env: { PYTHONPATH: `${pytestFolder(9)}:${memoryGuardFolder()}` },
    });
    expect(outcome).toMatchObject({
      kind: 'killed-for-memory',
      by: 'guard',
      at: { path: project.path('test_b.py') },
    });
  });
});

test('what a process tells of its own peak completes what was seen from outside', async () => {
  await using project = await smallProject({
    'test_a.py': `held = bytearray(200 << 20)\ndel held\n${ONE_TEST}`,
  });
  const seen = await project.collect({}, { runner: hostRunner('high-water-marks') });
  const charged = await project.collect();
  expect(seen.peak.source).toBe('high-water-marks');
  expect(seen.peak.bytes).toBeGreaterThan(200 * MIB);
  // What is shared with other processes counts for one and not for the other.
  expect(Math.abs(seen.peak.bytes - charged.peak.bytes)).toBeLessThan(40 * MIB);
  for (const { cpuMs, recording } of [seen, charged]) {
    expect(cpuMs).toBeGreaterThanOrEqual(recording.ownCpuMs ?? Number.NaN);
  }
});
