import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { openWorkspace } from '@seaworthy/scenario';
import { collectOnce, generateTree, type TreeSpec } from '../src/index.ts';
import { readPeakBytes } from '../src/memory/process-figures.ts';
import { median } from '../src/statistics/median.ts';
import { measuredFromAround, WAYS } from './peak-memory/measured-from-around.ts';
import { pythonWithPytest } from './python-with-pytest.ts';

/**
 * How true the peak is that a run tells, by either way of measuring, and what the tool itself takes meanwhile:
 * `node bench/peak-memory.ts`. The truth is the kernel's figure for a cgroup around the run, made for that alone. Of
 * several runs the one that is furthest off counts, the most memory, and the median of CPU.
 */
const ROUNDS = 3;
const MIB = 2 ** 20;
const FORKS = `import multiprocessing, time
held = b"x" * (100 << 20)
def work():
    own = b"y" * (20 << 20)
    time.sleep(1)
workers = [multiprocessing.get_context("fork").Process(target=work) for _ in range(4)]
for worker in workers: worker.start()
for worker in workers: worker.join()
`;

const { python, version } = await pythonWithPytest();
await using workspace = await openWorkspace();

async function treeOf(spec: TreeSpec): Promise<string> {
  return (await generateTree(spec, { cacheFolder: join(workspace.folder, 'trees') })).root;
}

function projectThatForks(): string {
  const root = join(workspace.folder, 'forks');
  mkdirSync(root);
  writeFileSync(join(root, 'conftest.py'), FORKS);
  writeFileSync(join(root, 'test_one.py'), 'def test_one():\n    pass\n');
  return root;
}

const explosion = { kind: 'parametrize-explosion', items: 60_000 } as const;
const PROJECTS: readonly (readonly [string, string])[] = [
  ['1000 files x 10 tests', await treeOf({ kind: 'simple', files: 1000, tests: 10 })],
  ['20 folders x 20 files, nested', await treeOf({ kind: 'nested', folders: 20, files: 20 })],
  ['60,000 parameters', await treeOf({ kind: 'simple', files: 1, tests: 1, bricks: [explosion] })],
  ['4 forks of 20 MiB, 100 MiB shared', projectThatForks()],
];

console.log(`${version}, ${cpus().length} x ${cpus()[0]?.model}\n`);
console.log('| | source | peak | the kernel, from around | off by | tool: more memory | tool: CPU |');
console.log('| --- | --- | --: | --: | --: | --: | --: |');
for (const [name, root] of PROJECTS) {
  const folder = await workspace.makeFolder('bytecode');
  for (const way of WAYS) {
    const rounds = [];
    for (let round = -1; round < ROUNDS; round += 1) {
      await using measured = await measuredFromAround(workspace, way);
      writeFileSync('/proc/self/clear_refs', '5'); // VmHWM begins anew.
      const held = process.memoryUsage.rss();
      const cpuBefore = process.cpuUsage();
      const { runner } = measured;
      const bytecode = { kind: 'private', folder } as const;
      const { peak, cpuMs } = await collectOnce({ root, python }, { workspace, runner, bytecode });
      const { user, system } = process.cpuUsage(cpuBefore);
      const more = (readPeakBytes(process.pid) ?? Number.NaN) - held;
      const truth = measured.peakBytes();
      const cpu = (user + system) / 1000 / cpuMs;
      if (round >= 0) rounds.push({ peak, truth, off: peak.bytes / truth - 1, more, cpu });
    }
    const [worst] = rounds.toSorted((a, b) => Math.abs(b.off) - Math.abs(a.off));
    if (worst === undefined) continue;
    const cells = [
      name,
      worst.peak.source,
      `${(worst.peak.bytes / MIB).toFixed(1)} MiB`,
      `${(worst.truth / MIB).toFixed(1)} MiB`,
      `${(worst.off * 100).toFixed(2)} %`,
      `${(Math.max(...rounds.map(({ more }) => more)) / MIB).toFixed(1)} MiB`,
      `${(median(rounds.map(({ cpu }) => cpu)) * 100).toFixed(1)} %`,
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}
