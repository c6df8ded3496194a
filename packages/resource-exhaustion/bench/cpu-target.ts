/**
 * How well a share of a CPU quota is met, side by side with stress-ng in a cgroup with the same quota:
 *
 *     node --conditions=@seaworthy/source bench/cpu-target.ts [--seconds 10]
 *
 * The kernel's count of each cgroup is the judge. Needs stress-ng and control groups that may be written to.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readCpu } from '@seaworthy/cgroups';
import { openWorkspace } from '@seaworthy/scenario';
import { exhaustCpu } from '../src/cpu/exhaust-cpu.ts';
import { MIB, openPlace, percent, printTable, signal, startStress, verdict } from './place.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '10' } } });
const durationMs = Number(values.seconds) * 1000;
const QUOTA = 0.25;
const LIMITS = { memoryBytes: 256 * MIB, cpus: QUOTA };
const SETTLE_MS = 1000;

await using workspace = await openWorkspace();

async function ours(
  keeper: 'python' | 'native',
  share: number,
): Promise<{ mean: number; contended: boolean }> {
  await using sandbox = await openPlace(workspace, keeper, LIMITS);
  const { meanShare, contended } = await exhaustCpu(sandbox, { share, durationMs, afterMs: 0, signal });
  return { mean: meanShare, contended };
}

async function peers(share: number): Promise<number> {
  const args = ['--cpu', '1', '--cpu-load', String(share * 100), '--timeout', String(durationMs / 1000 + 10)];
  await using peer = await startStress(workspace, LIMITS, args);
  await sleep(SETTLE_MS);
  const [before, start] = [readCpu(peer.cgroup.cgroup)!.usageUs, performance.now()];
  await sleep(durationMs);
  return (readCpu(peer.cgroup.cgroup)!.usageUs - before) / 1e3 / (performance.now() - start) / QUOTA;
}

const rows: string[][] = [];
let [worst, isContended] = [0, false];
for (const share of [0.7, 0.9]) {
  const stress = await peers(share);
  const python = await ours('python', share);
  const native = await ours('native', share);
  for (const { mean } of [python, native]) worst = Math.max(worst, Math.abs(mean - share));
  isContended ||= python.contended || native.contended;
  rows.push([percent(share, 0), percent(python.mean, 2), percent(native.mean, 2), percent(stress, 2)]);
}
console.log(`Mean of ${durationMs / 1000} s under a quota of ${QUOTA} cores, of the quota\n`);
printTable(['target', 'ours, Python', 'ours, native', 'stress-ng --cpu-load'], rows);
verdict(
  worst <= 0.01,
  `ours within 1 point (worst ${(worst * 100).toFixed(2)})${isContended ? '; others had the core meanwhile' : ''}`,
);
