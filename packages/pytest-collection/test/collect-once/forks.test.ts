import { describe, expect, test } from 'vitest';
import type { CollectionRunner } from '../../src/model/collection-runner.ts';
import type { CollectionRun } from '../../src/model/collection-run.ts';
import { hostRunner } from '../../src/run/host-runner.ts';
import { afterALook, WAIT_FOR_A_LOOK } from '../run/after-a-look.ts';
import { ONE_TEST, smallProject } from './small-project.ts';

const MIB = 1024 ** 2;
/** Far less than what the conftests hold, and more than the libraries that several processes share. */
const TOLERANCE = 45 * MIB;

/** Pages that were never written to would not be there at all. */
const HOLD = `import multiprocessing, os, subprocess, sys, threading, time
${WAIT_FOR_A_LOOK}
held = b"x" * (200 << 20)
`;
const FORK = 'fork = multiprocessing.get_context("fork")\n';

/** Collects with marks and with a cgroup; each time the conftest waits so often, in turn, until the run was looked at. */
async function bothWays(
  conftest: string,
  looks: readonly string[],
): Promise<{ marks: CollectionRun; charged: CollectionRun }> {
  const collect = async (runner?: CollectionRunner): Promise<CollectionRun> => {
    await using project = await smallProject({ 'conftest.py': conftest, 'test_a.py': ONE_TEST });
    const run = project.collect({}, runner === undefined ? {} : { runner });
    const seen = (async () => {
      for (const name of looks) await afterALook(project.root, name);
    })();
    const [collected] = await Promise.all([run, Promise.race([seen, run])]);
    return collected;
  };
  const marks = await collect(hostRunner('high-water-marks'));
  const charged = await collect();
  for (const { outcome } of [marks, charged]) expect(outcome.kind).toBe('finished');
  return { marks, charged };
}

/** Both ways agree where cgroups can be had; elsewhere both are marks. */
async function expectPeak(
  conftest: string,
  atLeastMib: number,
  looks: readonly string[] = ['look'],
): Promise<CollectionRun> {
  const { marks, charged } = await bothWays(conftest, looks);
  expect(marks.peak.source).toBe('high-water-marks');
  expect(marks.peak.bytes).toBeGreaterThan(atLeastMib * MIB);
  expect(marks.peak.bytes).toBeLessThan(atLeastMib * MIB + 3 * TOLERANCE);
  expect(Math.abs(marks.peak.bytes - charged.peak.bytes)).toBeLessThan(TOLERANCE);
  return marks;
}

describe('memory that several processes share counts once', () => {
  test('a fork that holds nothing of its own', async () => {
    const worker = 'child = fork.Process(target=wait_for_a_look)\nchild.start()\nchild.join()\n';
    const { peak } = await expectPeak(HOLD + FORK + worker, 200);
    expect(peak.processes).toHaveLength(2);
    expect(peak.processes[1]?.bytes).toBeLessThan(TOLERANCE);
  });

  test('a fork that fills memory of its own', async () => {
    const fill = 'def fill():\n    own = b"y" * (150 << 20)\n    wait_for_a_look()\n';
    const run = 'child = fork.Process(target=fill)\nchild.start()\nchild.join()\n';
    const { peak } = await expectPeak(HOLD + FORK + fill + run, 350);
    expect(peak.processes[1]?.bytes).toBeGreaterThan(150 * MIB);
  });

  test('a fork that writes to what it shares, and thereby gets a copy of its own', async () => {
    const hold = HOLD.replace('b"x"', 'bytearray(b"x")');
    const write =
      'def write():\n    for at in range(0, len(held), 4096): held[at] = 1\n    wait_for_a_look()\n';
    const run = 'child = fork.Process(target=write)\nchild.start()\nchild.join()\n';
    const { peak } = await expectPeak(hold + FORK + write + run, 400);
    expect(peak.processes[1]?.bytes).toBeGreaterThan(200 * MIB);
  });

  test('a spike of a fork between two looks', async () => {
    const spike =
      'def spike():\n    wait_for_a_look("before")\n    own = b"y" * (150 << 20)\n    del own\n    wait_for_a_look("after")\n';
    const run = 'child = fork.Process(target=spike)\nchild.start()\nchild.join()\n';
    await expectPeak(HOLD + FORK + spike + run, 350, ['before', 'after']);
  });

  test("children that borrow their parent's memory until they run their own program", async () => {
    const many = 'def many():\n    while not os.path.exists("look.done"): subprocess.run(["true"])\n';
    const run =
      'others = [threading.Thread(target=many) for _ in range(2)]\nfor one in others: one.start()\nwait_for_a_look()\nfor one in others: one.join()\n';
    await expectPeak(HOLD + many + run, 200);
  });

  test('another interpreter is no fork, though its program is the same', async () => {
    const program = `${WAIT_FOR_A_LOOK}own = b"y" * (150 << 20); wait_for_a_look()`;
    const { peak } = await expectPeak(
      `${HOLD}subprocess.run([sys.executable, "-c", ${JSON.stringify(program)}])\n`,
      350,
    );
    expect(peak.processes[1]?.bytes).toBeGreaterThan(150 * MIB);
  });
});
