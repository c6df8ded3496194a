import { setTimeout as sleep } from 'node:timers/promises';
import type { CpuExhaustion, CpuRequest, Curve } from '../model/exhaustion.ts';
import type { Sandbox } from '../model/sandbox.ts';
import type { Victim } from '../model/victim.ts';
import { atMost } from '../pressure/at-most.ts';
import { endVictims } from '../pressure/end-victims.ts';
import { Patience } from '../pressure/patience.ts';
import { isContended } from './contention.ts';
import { CpuLoop } from './cpu-loop.ts';
import { planCpu, type CpuPlan } from './cpu-plan.ts';
import { readCpuUsage, readWaited, type CpuUsage } from './cpu-usage.ts';

/** Beside the duration. */
const DEFAULT_SLACK_MS = 20_000;
const SETTLE_MS = 300;
const DEFAULT_AFTER_MS = 1_000;
/** Then it works on, which is what is measured afterwards. */
const STOPPED_WITHIN_MS = 5_000;
/** At the quota nearly every period is used up; where fewer than this were, others had the core. */
const THROTTLED_ENOUGH = 0.5;

/**
 * Keeps a sandbox busy at a share of its effective CPU quota for some time, by a closed loop, and tells what the kernel counted;
 * then stops, and looks whether it is quiet. With a share of 1 the quota is what stops it.
 *
 * @throws UsageError for a request that makes no sense
 * @throws KeeperGone, FiguresGone where the sandbox is lost, or cannot be measured, whenever that is
 * @throws KeeperRefused where no further process may run in it
 */
export async function exhaustCpu(sandbox: Sandbox, request: CpuRequest): Promise<CpuExhaustion> {
  const plan = planCpu(request, sandbox);
  using patience = new Patience(request.signal, request.timeoutMs ?? request.durationMs + DEFAULT_SLACK_MS);
  const victims: Victim[] = [];
  try {
    for (let count = plan.workers; count > 0; count--) victims.push(await sandbox.keeper.startVictim());
    const loop = new CpuLoop(sandbox, plan, victims, request.fault);
    await patience.wait(loop.begin());
    await patience.sleep(SETTLE_MS);
    const waitedBefore = await readWaited(sandbox);
    const victimsBefore = await victimMs(sandbox);
    const readings: CpuUsage[] = [];
    await loop.run(request.durationMs, patience, (usage) => readings.push(usage));
    const used = (await victimMs(sandbox)) - victimsBefore;
    const waitedAfter = await readWaited(sandbox);
    const waitedMs =
      waitedBefore === undefined || waitedAfter === undefined
        ? undefined
        : Math.max(0, waitedAfter - waitedBefore - throttledMs(readings));
    if (request.fault !== 'go-on') await atMost(loop.stop(), STOPPED_WITHIN_MS);
    const shareAfter = await measureAfter(sandbox, plan, request.afterMs ?? DEFAULT_AFTER_MS);
    const died = await Promise.race([Promise.any(victims.map(({ ended }) => ended)), sleep(0)]);
    return {
      outcome: died === undefined ? (patience.endedBy ?? 'held') : 'killed',
      ...(sandbox.effective.cpus === undefined ? {} : { quotaCores: sandbox.effective.cpus }),
      declaredCores: sandbox.declared.cpus,
      targetShare: request.share,
      ...figuresOf(readings, plan, waitedMs),
      victimMs: used,
      shareAfter,
      ...(waitedMs === undefined ? {} : { waitedMs }),
      measuredBy: sandbox.gauge.source,
    };
  } finally {
    await endVictims(victims);
  }
}

/** From what was read at the first and the last instant, and in between; and how long it waited for others, where that is known. */
export function figuresOf(
  readings: readonly CpuUsage[],
  { quota, targetCores, isSaturating }: CpuPlan,
  waitedMs?: number,
): Pick<
  CpuExhaustion,
  | 'meanShare'
  | 'durationMs'
  | 'usageMs'
  | 'curve'
  | 'lowestShare'
  | 'highestShare'
  | 'periods'
  | 'throttledPeriods'
  | 'throttledMs'
  | 'contended'
> {
  const [first, last] = [readings[0]!, readings.at(-1)!];
  const durationMs = last.at - first.at;
  const usageMs = last.usedMs - first.usedMs;
  const meanShare = durationMs === 0 ? 0 : usageMs / durationMs / quota;
  const curve: Curve = readings.slice(1).map((one, index) => {
    const before = readings[index]!;
    return [one.at - first.at, (one.usedMs - before.usedMs) / (one.at - before.at) / quota];
  });
  const shares = curve.map(([, share]) => share);
  const periods = difference(first, last, 'periods');
  const throttled = difference(first, last, 'throttledPeriods');
  const isStopped = periods > 0 && throttled / periods >= THROTTLED_ENOUGH;
  const targetShare = isSaturating ? 1 : targetCores / quota;
  return {
    meanShare,
    durationMs,
    usageMs,
    curve,
    lowestShare: Math.min(...shares, meanShare),
    highestShare: Math.max(...shares, meanShare),
    ...(first.periods === undefined
      ? {}
      : { periods, throttledPeriods: throttled, throttledMs: throttledMs(readings) }),
    contended: isContended({ targetShare, meanShare, quotaCores: quota, durationMs, waitedMs, isStopped }),
  };
}

function difference(
  first: CpuUsage,
  last: CpuUsage,
  of: 'periods' | 'throttledPeriods' | 'throttledMs',
): number {
  return (last[of] ?? 0) - (first[of] ?? 0);
}

function throttledMs(readings: readonly CpuUsage[]): number {
  return difference(readings[0]!, readings.at(-1)!, 'throttledMs');
}

async function victimMs(sandbox: Sandbox): Promise<number> {
  const processes = await sandbox.keeper.inside.processes();
  return processes.reduce((sum, { victim, cpuMs }) => sum + (victim === undefined ? 0 : (cpuMs ?? 0)), 0);
}

async function measureAfter(sandbox: Sandbox, { quota }: CpuPlan, afterMs: number): Promise<number> {
  const first = await readCpuUsage(sandbox);
  await sleep(afterMs);
  const last = await readCpuUsage(sandbox);
  return (last.usedMs - first.usedMs) / (last.at - first.at) / quota;
}
