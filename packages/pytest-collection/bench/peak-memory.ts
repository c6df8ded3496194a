import { cpus } from 'node:os';
import { openWorkspace } from '@seaworthy/scenario';
import { collectOnce, generateTree, hostRunner } from '../src/index.ts';
import type { CollectionRun, TreeSpec } from '../src/index.ts';
import { pythonWithPytest } from './python-with-pytest.ts';

/**
 * The peak that is told beside the cgroup's own, and what the harness itself takes: `node bench/peak-memory.ts`. Each
 * collection runs twice, with a cgroup and without, since both cannot be had of one run.
 */
const TREES: readonly (readonly [string, TreeSpec])[] = [
  ['1000 files x 10 tests', { kind: 'simple', files: 1000, tests: 10 }],
  ['20 folders x 20 files, nested', { kind: 'nested', folders: 20, files: 20 }],
  [
    '60,000 parameters',
    { kind: 'simple', files: 1, tests: 1, bricks: [{ kind: 'parametrize-explosion', items: 60_000 }] },
  ],
];

const MIB = 2 ** 20;
const { python, version } = await pythonWithPytest();
await using workspace = await openWorkspace();
console.log(`${version}, ${cpus().length} x ${cpus()[0]?.model}\n`);
console.log('| | cgroup | high-water marks | difference | harness: more memory | harness: CPU |');
console.log('| --- | --: | --: | --: | --: | --: |');
for (const [name, spec] of TREES) {
  const cacheFolder = await workspace.makeFolder('trees');
  const { root } = await generateTree(spec, { cacheFolder });
  const target = { root, python };
  const folder = await workspace.makeFolder('bytecode');
  const collect = async (cgroups: boolean): Promise<CollectionRun> =>
    collectOnce(target, {
      workspace,
      runner: hostRunner(cgroups ? 'cgroup-where-possible' : 'high-water-marks'),
      bytecode: { kind: 'private', folder },
    });
  await collect(true);
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  const cpuBefore = process.cpuUsage();
  const exact = await collect(true);
  const cpu = process.cpuUsage(cpuBefore);
  const more = process.memoryUsage.rss() - before;
  const marks = await collect(false);
  const difference = (marks.peak.bytes / exact.peak.bytes - 1) * 100;
  const harness = ((cpu.user + cpu.system) / 1000 / exact.cpuMs) * 100;
  console.log(
    `| ${name} | ${(exact.peak.bytes / MIB).toFixed(1)} MiB (${exact.peak.source}) | ${(marks.peak.bytes / MIB).toFixed(1)} MiB | ${difference.toFixed(1)} % | ${(more / MIB).toFixed(1)} MiB | ${harness.toFixed(1)} % |`,
  );
}
