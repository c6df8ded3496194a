/**
 * What looking at a sandbox of ten processes twenty times a second costs this process, everything included: the timer, the
 * reading, and the watch over the machine that every open sandbox has:
 *
 *     node --conditions=@seaworthy/source bench/measuring-cost.ts [--seconds 10]
 *
 * Each way in turn, in rounds of which the median counts, beside the same timer when nothing is read. Needs control groups that may be written to. On a machine that
 * does other things at the same time all of it costs more: caches are cold whenever the timer fires.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openWorkspace } from '@seaworthy/scenario';
import { procGauge } from '../src/gauge/proc-gauge.ts';
import { sharedInterval } from '../src/pressure/shared-interval.ts';
import { MIB, openPlace, percent, printTable, verdict } from './place.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '10' } } });
const ROUNDS = 5;
const LOOKS = Math.ceil((Number(values.seconds) * 20) / ROUNDS);
const EVERY_MS = 50;
/** So that the first looks, which compile what they run, are not among those that count. */
const WARM_LOOKS = 40;
const MOST = 0.01;

await using workspace = await openWorkspace();
await using sandbox = await openPlace(workspace, 'native', { memoryBytes: 128 * MIB, cpus: 1 });
const { keeper, gauge } = sandbox;
// The keeper is the tenth.
for (let count = 0; count < 9; count++) await (await keeper.startVictim()).memory(5 * MIB);
const pids = [...(await gauge.read()).descriptors!.keys()];
const proc = procGauge(Math.min(...pids), () => undefined);

type Way = () => unknown;
const GAUGE: Way = () => gauge.read();
const WAYS: readonly (readonly [string, Way])[] = [
  ['nothing (the timer and the watch over the machine)', () => undefined],
  ['gauge of the sandbox (cgroup files)', GAUGE],
  ['gauge without cgroups (/proc of each)', () => proc.read()],
  ['smaps_rollup of each', () => pids.map((pid) => readFileSync(`/proc/${pid}/smaps_rollup`))],
];

/** Looks so many times, by the timer of the watch over the machine. */
function look(way: Way, times: number): Promise<void> {
  return new Promise((resolve) => {
    let left = times;
    const looks = sharedInterval(EVERY_MS, () => {
      void way();
      if (--left > 0) return;
      looks[Symbol.dispose]();
      resolve();
    });
  });
}

/** Of one core. */
async function costOf(way: Way): Promise<number> {
  const [before, start] = [process.cpuUsage(), performance.now()];
  await look(way, LOOKS);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e3 / (performance.now() - start);
}

for (const [, way] of WAYS) await look(way, WARM_LOOKS);
const rounds = new Map<Way, number[]>(WAYS.map(([, way]) => [way, []]));
for (let round = 0; round < ROUNDS; round++) for (const [way, all] of rounds) all.push(await costOf(way));
const costs = new Map<Way, number>(
  [...rounds].map(([way, all]) => [way, all.toSorted((left, right) => left - right)[ROUNDS >> 1]!]),
);
const idle = costs.get(WAYS[0]![1])!;
console.log(`${pids.length} processes, 20 times a second for ${values.seconds} s: share of one core\n`);
printTable(
  ['', 'all', 'the reading alone'],
  WAYS.map(([name, way]) => [
    name,
    percent(costs.get(way)!, 2),
    percent(Math.max(0, costs.get(way)! - idle), 2),
  ]),
);
const whole = costs.get(GAUGE)!;
verdict(
  whole < MOST,
  `looking by the gauge costs under 1 % of a core, all included (${percent(whole, 2)}, timer and watch alone are ${percent(idle, 2)})`,
);
