import { describe, expect, test } from 'vitest';
import type { CollectionRun } from '../../src/model/collection-run.ts';
import { hostRunner } from '../../src/run/host-runner.ts';
import { ONE_TEST, smallProject } from './small-project.ts';

const MIB = 1024 ** 2;
/** Far less than what the conftests hold, and more than the libraries that several processes share. */
const TOLERANCE = 45 * MIB;

/** Pages that were never written to would not be there at all. */
const HOLD = 'import multiprocessing, os, subprocess, sys, threading, time\nheld = b"x" * (200 << 20)\n';
const FORK = 'fork = multiprocessing.get_context("fork")\n';

async function bothWays(conftest: string): Promise<{ marks: CollectionRun; charged: CollectionRun }> {
  await using project = await smallProject({ 'conftest.py': conftest, 'test_a.py': ONE_TEST });
  const marks = await project.collect({}, { runner: hostRunner('high-water-marks') });
  const charged = await project.collect();
  for (const { outcome } of [marks, charged]) expect(outcome.kind).toBe('finished');
  return { marks, charged };
}

/** Both ways agree where cgroups can be had; elsewhere both are marks. */
async function expectPeak(conftest: string, atLeastMib: number): Promise<CollectionRun> {
  const { marks, charged } = await bothWays(conftest);
  expect(marks.peak.source).toBe('high-water-marks');
  expect(marks.peak.bytes).toBeGreaterThan(atLeastMib * MIB);
  expect(marks.peak.bytes).toBeLessThan(atLeastMib * MIB + 3 * TOLERANCE);
  expect(Math.abs(marks.peak.bytes - charged.peak.bytes)).toBeLessThan(TOLERANCE);
  return marks;
}

describe('memory that several processes share counts once', () => {
  test('a fork that holds nothing of its own', async () => {
    const worker = 'child = fork.Process(target=time.sleep, args=(1.5,))\nchild.start()\nchild.join()\n';
    const { peak } = await expectPeak(HOLD + FORK + worker, 200);
    expect(peak.processes).toHaveLength(2);
    expect(peak.processes[1]?.bytes).toBeLessThan(TOLERANCE);
  });

  test('a fork that fills memory of its own', async () => {
    const fill = 'def fill():\n    own = b"y" * (150 << 20)\n    time.sleep(1.5)\n';
    const run = 'child = fork.Process(target=fill)\nchild.start()\nchild.join()\n';
    const { peak } = await expectPeak(HOLD + FORK + fill + run, 350);
    expect(peak.processes[1]?.bytes).toBeGreaterThan(150 * MIB);
  });

  test('a fork that writes to what it shares, and thereby gets a copy of its own', async () => {
    const hold = HOLD.replace('b"x"', 'bytearray(b"x")');
    const write = 'def write():\n    for at in range(0, len(held), 4096): held[at] = 1\n    time.sleep(3)\n';
    const run = 'child = fork.Process(target=write)\nchild.start()\nchild.join()\n';
    const { peak } = await expectPeak(hold + FORK + write + run, 400);
    expect(peak.processes[1]?.bytes).toBeGreaterThan(200 * MIB);
  });

  test('a spike of a fork between two looks', async () => {
    const spike =
      'def spike():\n    time.sleep(0.6)\n    own = b"y" * (150 << 20)\n    del own\n    time.sleep(1)\n';
    const run = 'child = fork.Process(target=spike)\nchild.start()\nchild.join()\n';
    await expectPeak(HOLD + FORK + spike + run, 350);
  });

  test("children that borrow their parent's memory until they run their own program", async () => {
    const many =
      'def many():\n    end = time.monotonic() + 1.5\n    while time.monotonic() < end: subprocess.run(["true"])\n';
    const run = 'thread = threading.Thread(target=many)\nthread.start()\nmany()\nthread.join()\n';
    await expectPeak(HOLD + many + run, 200);
  });

  test('another interpreter is no fork, though its program is the same', async () => {
    const program = 'import time; own = b"y" * (150 << 20); time.sleep(1.5)';
    const { peak } = await expectPeak(
      `${HOLD}subprocess.run([sys.executable, "-c", ${JSON.stringify(program)}])\n`,
      350,
    );
    expect(peak.processes[1]?.bytes).toBeGreaterThan(150 * MIB);
  });
});
