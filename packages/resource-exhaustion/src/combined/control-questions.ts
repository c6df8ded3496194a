import type { CombinedExhaustion } from '../model/exhaustion.ts';
import type { InsideView } from '../model/sandbox.ts';

const EVERY_MS = 250;

/** Asks the keeper for a sign of life again and again, one question at a time. */
export class ControlQuestions implements Disposable {
  #asked = 0;
  #answered = 0;
  #slowestMs = 0;
  #waitingSince: number | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(inside: InsideView) {
    this.#timer = setInterval(() => this.#ask(inside), EVERY_MS);
  }

  /** A question that still waits counts as asked, and for as long as it waits. */
  get figures(): CombinedExhaustion['control'] {
    const waiting = this.#waitingSince === undefined ? 0 : performance.now() - this.#waitingSince;
    const slowestMs = Math.round(Math.max(this.#slowestMs, waiting) * 10) / 10;
    return { asked: this.#asked, answered: this.#answered, slowestMs };
  }

  #ask(inside: InsideView): void {
    if (this.#waitingSince !== undefined) return;
    this.#asked += 1;
    this.#waitingSince = performance.now();
    inside.ping().then(
      (ms) => {
        this.#answered += 1;
        this.#slowestMs = Math.max(this.#slowestMs, ms);
        this.#waitingSince = undefined;
      },
      () => undefined, // Gone: it stays unanswered.
    );
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
