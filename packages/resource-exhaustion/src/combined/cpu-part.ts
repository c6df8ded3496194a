import { CpuLoop } from '../cpu/cpu-loop.ts';
import { planCpu } from '../cpu/cpu-plan.ts';
import type { Sandbox } from '../model/sandbox.ts';
import type { Victim } from '../model/victim.ts';
import { atMost } from '../pressure/at-most.ts';
import { endVictims } from '../pressure/end-victims.ts';
import { Patience } from '../pressure/patience.ts';
import type { Part, Sight } from './part.ts';

/** Of the quota. Over a second, ten periods of a quota, it is no steadier on a machine that does other things as well. */
const POINTS = 0.07;
const WINDOW_MS = 1_000;
const FOR_EVER_MS = 3_600_000;
const STOPPED_WITHIN_MS = 5_000;

export async function cpuPart(
  sandbox: Sandbox,
  { share, patience }: { share: number; patience: Patience },
): Promise<Part> {
  const plan = planCpu({ share, durationMs: FOR_EVER_MS, signal: patience.signal }, sandbox);
  const victims: Victim[] = [];
  try {
    for (let count = plan.workers; count > 0; count--) victims.push(await sandbox.keeper.startVictim());
  } catch (error) {
    await endVictims(victims);
    throw error;
  }
  const loop = new CpuLoop(sandbox, plan, victims, undefined);
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const seen: { at: number; usedMs: number }[] = [];
  return {
    part: 'cpu',
    target: plan.targetCores,
    limit: plan.quota,
    victims,
    async start() {
      await patience.wait(loop.begin());
      const own = new Patience(AbortSignal.any([patience.signal, stopping.signal]), FOR_EVER_MS);
      running = loop
        .run(FOR_EVER_MS, own, () => undefined)
        .catch(() => undefined) // The keeper is gone: the parts tell by their levels.
        .finally(() => own[Symbol.dispose]());
      return undefined;
    },
    level: (sight) => coresOver(seen, sight),
    isAt: (level) => Math.abs(level - plan.targetCores) <= plan.quota * POINTS,
    keep: async () => undefined,
    async release() {
      stopping.abort();
      await running;
      await atMost(loop.stop(), STOPPED_WITHIN_MS);
      seen.length = 0; // What was before is not what is afterwards.
    },
  };
}

/** Cores in the last second; less is seen at the beginning. */
function coresOver(
  seen: { at: number; usedMs: number }[],
  { at, reading, processes }: Sight,
): number | undefined {
  if (reading.cpu === undefined && processes.every(({ cpuMs }) => cpuMs === undefined)) return undefined;
  const usedMs =
    reading.cpu === undefined ? sum(processes.map(({ cpuMs }) => cpuMs ?? 0)) : reading.cpu.usageUs / 1e3;
  seen.push({ at, usedMs });
  while (seen.length > 2 && at - seen[1]!.at >= WINDOW_MS) seen.shift();
  const first = seen[0]!;
  return at === first.at ? 0 : (usedMs - first.usedMs) / (at - first.at);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
