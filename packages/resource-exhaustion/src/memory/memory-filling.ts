import { setTimeout as sleep } from 'node:timers/promises';
import type { MemoryRefusal, MemoryRequest, VictimDeath } from '../model/exhaustion.ts';
import type { Course } from '../pressure/course.ts';
import type { Patience } from '../pressure/patience.ts';
import type { MemoryGoal } from './memory-goal.ts';
import { guardGrants } from './memory-guard.ts';
import type { Worker } from './memory-worker.ts';
import { PAGE, stepSize } from './step-size.ts';

const DEFAULT_CHUNK = 10e6;
/** A share is met when usage is this close to it, of the limit; a tenth of a point is what is promised. */
const CLOSE = 0.0002;
/** The kernel charges each processor 64 pages ahead, so usage jumps: more corrections than this find nothing better. */
const MOST_CORRECTIONS = 40;
const SHORT_OF = 256 * 1024;
const ALMOST = 0.995;
const ENDING_WITHIN_MS = 5_000;

/** Brings workers to their targets, step by step, each step granted against what the sandbox uses at that moment. */
export class MemoryFilling {
  readonly refusals: MemoryRefusal[] = [];
  readonly deaths: VictimDeath[] = [];
  readonly #request: MemoryRequest;
  readonly #goal: MemoryGoal;
  readonly #limitBytes: number;
  readonly #workers: readonly Worker[];
  readonly #course: Course;
  readonly #patience: Patience;
  /** Granted, and not yet answered. */
  #inFlight = 0;
  #buried = new Set<Worker>();

  constructor(
    request: MemoryRequest,
    goal: MemoryGoal,
    limitBytes: number,
    parts: { workers: readonly Worker[]; course: Course; patience: Patience },
  ) {
    this.#request = request;
    this.#goal = goal;
    this.#limitBytes = limitBytes;
    this.#workers = parts.workers;
    this.#course = parts.course;
    this.#patience = parts.patience;
  }

  async fill(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => this.#fillOne(worker)));
    // The kernel takes one that was asked for nothing just then, too.
    for (const worker of this.#workers) if (!worker.isAlive) await this.bury(worker);
    if (this.#mayCorrect) await this.correct(MOST_CORRECTIONS);
    for (const worker of this.#workers) worker.barrierBytes = worker.isAlive ? worker.heldBytes : 0;
  }

  /** Brings usage to the target again, by the first worker that can: pages come and go in the sandbox by themselves. */
  async correct(most: number): Promise<void> {
    if (!this.#mayCorrect) return;
    const close = Math.max(PAGE, this.#limitBytes * CLOSE);
    for (let round = 0; round < most && !this.#patience.over; round++) {
      const missing = this.#goal.targetBytes - (await this.#course.read());
      const worker = this.#workers.find(({ isAlive }) => isAlive);
      if (worker === undefined || Math.abs(missing) <= close) return;
      // Page tables come on top of what a worker takes, so a large step aims short.
      const aim = missing > SHORT_OF ? missing * 0.9 : missing;
      const step = Math.trunc(Math.min(aim, this.#chunk) / PAGE) * PAGE;
      if ((await this.#set(worker, Math.max(0, worker.heldBytes + step))) !== 'done') return;
      if (worker.heldBytes === 0 && step < 0) return;
    }
  }

  get #mayCorrect(): boolean {
    const { fault } = this.#request;
    return (
      this.#goal.by === 'usage' &&
      fault === undefined &&
      this.refusals.length === 0 &&
      this.deaths.length === 0
    );
  }

  get #chunk(): number {
    return this.#request.chunkBytes ?? DEFAULT_CHUNK;
  }

  async #fillOne(worker: Worker): Promise<void> {
    const start = performance.now();
    while (!worker.isDone && !this.#patience.over && !this.#isSettledByDeath) {
      const step = await this.#grant(worker);
      if (step === 0) break;
      this.#inFlight += step;
      const outcome = await this.#set(worker, worker.heldBytes + step);
      this.#inFlight -= step;
      if (outcome !== 'done') break;
    }
    worker.fillMs = performance.now() - start;
    worker.isDone = true;
  }

  /** Once a push over the limit has killed one, the others stay where they are. */
  get #isSettledByDeath(): boolean {
    return this.#goal.isBeyond && this.deaths.length > 0;
  }

  async #grant(worker: Worker): Promise<number> {
    const { targetBytes, by } = this.#goal;
    const seen = await this.#course.read();
    this.#request.onProgress?.({ atMs: this.#course.now, usageBytes: seen, targetBytes, phase: 'filling' });
    const usage = seen + this.#inFlight;
    // Each fills its own part, short of it where usage is steered: what the kernel needs beside it is not known before.
    const own = worker.askedBytes * (by === 'usage' ? ALMOST : 1) - worker.heldBytes;
    const step = this.#goal.isBeyond ? Math.min(own, this.#chunk) : stepSize(own, this.#chunk);
    return this.#askGuard(worker, usage, Math.max(0, step));
  }

  /** The guard's word on the step; once it refused one, smaller ones are tried, so that it is met and not only neared. */
  #askGuard(worker: Worker, usage: number, step: number): number {
    const { protect } = this.#request;
    if (protect === undefined) return step;
    for (let wanted = Math.min(step, worker.largestStep); wanted >= PAGE; wanted = worker.largestStep) {
      const question = { usageBytes: usage, heldBytes: worker.heldBytes, stepBytes: wanted };
      if (guardGrants(protect, this.#limitBytes, question)) return wanted;
      this.#refuse(worker, 'guard', usage, wanted);
      worker.largestStep = Math.floor(wanted / 8 / PAGE) * PAGE;
    }
    return 0;
  }

  #refuse(
    worker: Worker,
    by: MemoryRefusal['by'],
    usageBytes: number,
    wantedBytes: number,
    error?: string,
  ): void {
    worker.refusals += 1;
    const atMs = Math.round(this.#course.now);
    this.refusals.push({
      atMs,
      worker: worker.index,
      by,
      usageBytes,
      wantedBytes,
      ...(error === undefined ? {} : { error }),
    });
  }

  async #set(worker: Worker, bytes: number): Promise<'done' | 'refused' | 'died' | 'late'> {
    const wanted = bytes - worker.heldBytes;
    const reply = await this.#patience.wait(worker.setTo(bytes, this.#request.fault === 'reserve'));
    if (reply === undefined) return 'late';
    if (reply.outcome === 'refused')
      this.#refuse(worker, 'kernel', await this.#course.read(), wanted, reply.error);
    if (reply.outcome === 'died') await this.bury(worker);
    return reply.outcome;
  }

  /** Takes down a death that nobody ordered. */
  async bury(worker: Worker): Promise<void> {
    if (this.#buried.has(worker)) return;
    this.#buried.add(worker);
    const before = this.#course.last;
    const ending = await Promise.race([
      worker.victim.ended,
      sleep(ENDING_WITHIN_MS, undefined, { ref: false }),
    ]);
    await this.#course.look(); // It is a death all the same.
    const after = this.#course.last;
    this.deaths.push({
      atMs: Math.round(this.#course.now),
      worker: worker.index,
      pid: worker.victim.pid,
      heldBytes: worker.heldBytes,
      ending: ending ?? { code: null, signal: null },
      ...(before?.kills === undefined ? {} : { gaugeKillsBefore: before.kills.own }),
      ...(after?.kills === undefined ? {} : { gaugeKillsAfter: after.kills.own }),
      ...(after?.memory?.peakBytes === undefined ? {} : { gaugePeakBytes: after.memory.peakBytes }),
      ...(before?.memory === undefined ? {} : { lastUsageBytes: before.memory.usageBytes }),
    });
  }
}
