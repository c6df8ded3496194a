/**
 * What looking at a sandbox of ten processes twenty times a second costs this process:
 *
 *     node --conditions=@seaworthy/source bench/measuring-cost.ts [--seconds 10]
 *
 * Each way in turn, beside the same timer that reads nothing. Needs control groups that may be written to.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openWorkspace } from '@seaworthy/scenario';
import { procGauge } from '../src/gauge/proc-gauge.ts';
import { MIB, openPlace, percent, printTable, verdict } from './place.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '10' } } });
const LOOKS = Number(values.seconds) * 20;

await using workspace = await openWorkspace();
await using sandbox = await openPlace(workspace, 'native', { memoryBytes: 512 * MIB, cpus: 1 });
const { keeper, gauge } = sandbox;
// The keeper is the tenth.
for (let count = 0; count < 9; count++) await (await keeper.startVictim()).memory(10 * MIB);
const pids = [...(await gauge.read()).descriptors!.keys()];
const root = Math.min(...pids);

const WAYS: readonly (readonly [string, () => unknown])[] = [
  ['nothing (the timer alone)', () => undefined],
  ['gauge of the sandbox (cgroup files)', () => gauge.read()],
  ['gauge without cgroups (/proc of each)', () => procGauge(root, () => undefined).read()],
  ['smaps_rollup of each', () => pids.map((pid) => readFileSync(`/proc/${pid}/smaps_rollup`))],
];

const costs: number[] = [];
for (const [, way] of WAYS) {
  for (let warm = 0; warm < 20; warm++) await way();
  const [before, start] = [process.cpuUsage(), performance.now()];
  for (let look = 1; look <= LOOKS; look++) {
    await way();
    await sleep(Math.max(0, start + look * 50 - performance.now()));
  }
  const { user, system } = process.cpuUsage(before);
  costs.push((user + system) / 1e3 / (performance.now() - start));
}
const idle = costs[0]!;
console.log(`${pids.length} processes, 20 times a second for ${values.seconds} s: share of one core\n`);
printTable(
  ['', 'with the timer', 'the reading alone'],
  WAYS.map(([name], at) => [name, percent(costs[at]!, 2), percent(Math.max(0, costs[at]! - idle), 2)]),
);
const alone = costs[1]! - idle;
verdict(alone < 0.01, `the gauge costs under 1 % of a core (${percent(alone, 2)})`);
