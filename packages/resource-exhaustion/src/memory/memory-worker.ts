import type { MemoryWorker as WorkerFigures } from '../model/exhaustion.ts';
import type { Victim, VictimEnding, VictimReply } from '../model/victim.ts';

/** One victim with what is known of its memory. */
export class Worker {
  readonly index: number;
  readonly victim: Victim;
  readonly askedBytes: number;
  heldBytes = 0;
  reachedBytes = 0;
  barrierBytes = 0;
  fillMs = 0;
  steps = 0;
  refusals = 0;
  held = false;
  /** Larger ones were refused by the guard. */
  largestStep: number = Number.POSITIVE_INFINITY;
  ending: VictimEnding | undefined;
  /** It will take no more: it is full, was refused, or died. */
  isDone = false;

  constructor(index: number, victim: Victim, askedBytes: number) {
    this.index = index;
    this.victim = victim;
    this.askedBytes = askedBytes;
    void victim.ended.then((ending) => {
      this.ending = ending;
      this.isDone = true;
    });
  }

  get isAlive(): boolean {
    return this.ending === undefined;
  }

  async setTo(bytes: number, reserveOnly: boolean): Promise<VictimReply> {
    this.steps += 1;
    const reply = await this.victim.memory(bytes, { reserveOnly });
    const held = reply.figures['heldBytes'];
    if (held !== undefined) this.heldBytes = held;
    this.reachedBytes = Math.max(this.reachedBytes, this.heldBytes);
    return reply;
  }

  figures(): WorkerFigures {
    const { index: worker, askedBytes, reachedBytes, barrierBytes, held, fillMs, steps, refusals } = this;
    return {
      worker,
      pid: this.victim.pid,
      askedBytes,
      reachedBytes,
      barrierBytes,
      held,
      fillMs: Math.round(fillMs),
      steps,
      refusals,
      ...(this.ending === undefined ? {} : { ending: this.ending }),
    };
  }
}
