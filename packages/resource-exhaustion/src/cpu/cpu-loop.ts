import type { CpuRequest } from '../model/exhaustion.ts';
import type { Sandbox } from '../model/sandbox.ts';
import type { Victim } from '../model/victim.ts';
import type { Patience } from '../pressure/patience.ts';
import type { CpuPlan } from './cpu-plan.ts';
import { readCpuUsage, type CpuUsage } from './cpu-usage.ts';

/** A quota is given out by periods of 100 ms: shorter looks would see nothing but those. */
export const LOOK_EVERY_MS = 500;
/** One process can do no more. */
const WHOLE_CORE = 1;

/**
 * Keeps a sandbox at a share of its quota. Each victim steers by its own CPU time; every half second we correct what they
 * aim for by what the kernel counted for the whole sandbox since the beginning, keeper included.
 */
export class CpuLoop {
  readonly #sandbox: Sandbox;
  readonly #plan: CpuPlan;
  readonly #victims: readonly Victim[];
  readonly #fault: CpuRequest['fault'];

  constructor(sandbox: Sandbox, plan: CpuPlan, victims: readonly Victim[], fault: CpuRequest['fault']) {
    this.#sandbox = sandbox;
    this.#plan = plan;
    this.#victims = victims;
    this.#fault = fault;
  }

  /** Puts the victims to work. */
  async begin(): Promise<void> {
    const { isSaturating, targetCores } = this.#plan;
    await this.#set(isSaturating ? WHOLE_CORE * this.#victims.length : targetCores);
  }

  /** For so long; calls `look` with each reading, the first and the last included. */
  async run(durationMs: number, patience: Patience, look: (usage: CpuUsage) => void): Promise<void> {
    const first = await readCpuUsage(this.#sandbox);
    look(first);
    for (let last = first; last.at - first.at < durationMs - 1 && !patience.over;) {
      await patience.sleep(Math.min(LOOK_EVERY_MS, durationMs - (last.at - first.at)));
      last = await readCpuUsage(this.#sandbox);
      look(last);
      await patience.wait(this.#correct(first, last));
    }
  }

  async stop(): Promise<void> {
    await this.#set(0);
  }

  async #correct(first: CpuUsage, last: CpuUsage): Promise<void> {
    if (this.#plan.isSaturating || this.#fault === 'open-loop') return;
    const due = this.#plan.targetCores * (last.at - first.at + LOOK_EVERY_MS) - (last.usedMs - first.usedMs);
    await this.#set(Math.max(0.001, due / LOOK_EVERY_MS));
  }

  async #set(cores: number): Promise<void> {
    const openLoop = this.#fault === 'open-loop';
    // As if there were no quota: a share of whole cores.
    const wanted = openLoop && cores > 0 ? cores / this.#plan.quota : cores;
    const each = Math.min(WHOLE_CORE, wanted / this.#victims.length);
    await Promise.all(this.#victims.map((victim) => victim.cpu(each, { openLoop })));
  }
}
