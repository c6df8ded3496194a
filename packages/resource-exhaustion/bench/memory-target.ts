/**
 * How well a share of a memory limit is met, and how long 1 GB takes, side by side with stress-ng in a cgroup with the same limit:
 *
 *     node --conditions=@seaworthy/source bench/memory-target.ts
 *
 * stress-ng knows no share of a cgroup's limit (its % is of the machine's memory), so it is told the bytes. What the kernel
 * charges to each cgroup is the judge. Needs stress-ng and control groups that may be written to.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { readMemory } from '@seaworthy/cgroups';
import { openWorkspace } from '@seaworthy/scenario';
import { exhaustMemory } from '../src/memory/exhaust-memory.ts';
import { MIB, openPlace, percent, printTable, signal, startStress, verdict } from './place.ts';

const SHARES = [0.6, 0.75, 0.85];
const LIMITS_MIB = [128, 256, 512, 1024];
const HOLD_MS = 1000;
const GB = 1e9;
const ROUNDS = 5;

await using workspace = await openWorkspace();

async function stressUsage(memoryBytes: number, bytes: number): Promise<number> {
  const args = ['--vm', '1', '--vm-bytes', String(bytes), '--vm-keep', '--vm-populate', '--timeout', '60'];
  await using peer = await startStress(workspace, { memoryBytes }, args);
  await sleep(1500);
  const samples: number[] = [];
  for (const start = performance.now(); performance.now() - start < HOLD_MS; await sleep(50)) {
    samples.push(readMemory(peer.cgroup.cgroup)!.usageBytes);
  }
  return samples.reduce((sum, one) => sum + one, 0) / samples.length;
}

const points = (share: number, target: number): string => ((share - target) * 100).toFixed(3);
const rows: (string | number)[][] = [];
let worst = 0;
for (const mib of LIMITS_MIB) {
  const memoryBytes = mib * MIB;
  const errors = new Map<string, number>();
  for (const keeper of ['python', 'native'] as const) {
    await using sandbox = await openPlace(workspace, keeper, { memoryBytes, cpus: 1 });
    for (const share of SHARES) {
      const { held, reachedShare = 0 } = await exhaustMemory(sandbox, { share, holdMs: HOLD_MS, signal });
      const mean = (held?.mean ?? 0) / memoryBytes;
      worst = Math.max(worst, Math.abs(mean - share), Math.abs(reachedShare - share));
      errors.set(`${keeper} ${share}`, mean);
    }
  }
  for (const share of SHARES) {
    const stress = (await stressUsage(memoryBytes, Math.round(share * memoryBytes))) / memoryBytes;
    const [python, native] = [errors.get(`python ${share}`)!, errors.get(`native ${share}`)!];
    rows.push([
      `${mib} MiB`,
      percent(share, 0),
      points(python, share),
      points(native, share),
      points(stress, share),
    ]);
  }
}
console.log('Off the target while held, in points of the limit\n');
printTable(['limit', 'target', 'ours, Python', 'ours, native', 'stress-ng --vm-bytes'], rows);
verdict(worst <= 0.001, `ours within 0.1 point of 60, 75 and 85 % (worst ${(worst * 100).toFixed(3)})`);

async function stressFill(): Promise<number> {
  const args = ['--vm', '1', '--vm-bytes', String(GB), '--vm-keep', '--vm-populate', '--timeout', '60'];
  await using peer = await startStress(workspace, { memoryBytes: 1536 * MIB }, args);
  while (readMemory(peer.cgroup.cgroup)!.usageBytes < GB) await sleep(1);
  return performance.now() - peer.startedAt;
}

/** All that it is: a victim that starts, and steps that are each granted against what the sandbox uses. */
async function ourFill(keeper: 'python' | 'native'): Promise<number> {
  await using sandbox = await openPlace(workspace, keeper, { memoryBytes: 1536 * MIB, cpus: 1 });
  const start = performance.now();
  let filled = 0;
  await exhaustMemory(sandbox, {
    bytes: GB,
    holdMs: 0,
    signal,
    whileHeld: async () => void (filled = performance.now() - start),
  });
  return filled;
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((left, right) => left - right)[numbers.length >> 1]!;
const times = { stress: [] as number[], python: [] as number[], native: [] as number[] };
for (let round = 0; round < ROUNDS; round++) {
  times.stress.push(await stressFill());
  times.python.push(await ourFill('python'));
  times.native.push(await ourFill('native'));
}
const [stress, python, native] = [median(times.stress), median(times.python), median(times.native)];
const row = (name: string, ms: number) => [
  name,
  `${ms.toFixed(0)} ms`,
  `${(GB / 1e6 / ms).toFixed(2)} GB/s`,
  (ms / stress).toFixed(2),
];
console.log(
  `\nUntil 1 GB is charged, from the start of the process that takes it; median of ${ROUNDS}, in turns\n`,
);
printTable(
  ['', 'time', 'rate', 'of stress-ng'],
  [row('stress-ng --vm-populate', stress), row('ours, Python', python), row('ours, native', native)],
);
verdict(Math.max(python, native) <= 2 * stress, 'ours takes no more than twice as long');
