import type { Sandbox } from '../model/sandbox.ts';
import { FiguresGone } from '../pressure/figures-gone.ts';

/** All that was used until an instant, from outside of the victims. */
export interface CpuUsage {
  /** `performance.now()`. */
  readonly at: number;
  readonly usedMs: number;
  readonly periods?: number;
  readonly throttledPeriods?: number;
  readonly throttledMs?: number;
}

/**
 * By the gauge of the sandbox; by the kernel's figures of each process where it has none.
 *
 * @throws FiguresGone where there are neither.
 */
export async function readCpuUsage(sandbox: Sandbox): Promise<CpuUsage> {
  const { cpu } = await sandbox.gauge.read();
  const at = performance.now();
  if (cpu === undefined) {
    const processes = await sandbox.keeper.inside.processes();
    if (processes.every(({ cpuMs }) => cpuMs === undefined)) throw new FiguresGone('CPU time');
    return { at, usedMs: processes.reduce((sum, { cpuMs }) => sum + (cpuMs ?? 0), 0) };
  }
  const { usageUs, periods, throttledPeriods, throttledUs } = cpu;
  return { at, usedMs: usageUs / 1e3, periods, throttledPeriods, throttledMs: throttledUs / 1e3 };
}

/** How long processes of the sandbox were ready and waited for a core, ms, the quota's waiting included. */
export async function readWaited(sandbox: Sandbox): Promise<number | undefined> {
  const processes = await sandbox.keeper.inside.processes();
  const told = processes.flatMap(({ waitedMs }) => (waitedMs === undefined ? [] : [waitedMs]));
  return told.length === 0 ? undefined : told.reduce((sum, one) => sum + one, 0);
}
