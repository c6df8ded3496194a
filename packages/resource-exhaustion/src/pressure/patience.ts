import { checkTimes } from './check-request.ts';

/** A signal that fires with another one or after a time, and the promises that it cuts short. */
export class Patience implements Disposable {
  readonly signal: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  readonly #outer: AbortSignal;
  readonly #fire: () => void;
  /** What ended it, if anything did. */
  endedBy: 'timeout' | 'interrupted' | undefined;

  /** @throws UsageError for a time that no timer can take. */
  constructor(outer: AbortSignal, timeoutMs: number) {
    checkTimes({ timeoutMs });
    const controller = new AbortController();
    this.signal = controller.signal;
    this.#outer = outer;
    this.#fire = () => {
      this.endedBy ??= 'interrupted';
      controller.abort(outer.reason);
    };
    this.#timer = setTimeout(() => {
      this.endedBy ??= 'timeout';
      controller.abort(new DOMException(`Not reached within ${timeoutMs} ms`, 'TimeoutError'));
    }, timeoutMs);
    if (outer.aborted) this.#fire();
    else outer.addEventListener('abort', this.#fire, { once: true });
  }

  get over(): boolean {
    return this.signal.aborted;
  }

  /** What the promise gives, or `undefined` when patience is over before. The promise itself goes on. */
  async wait<Value>(promise: Promise<Value>): Promise<Value | undefined> {
    if (this.signal.aborted) {
      promise.catch(() => undefined);
      return undefined;
    }
    let stop!: () => void;
    const stopped = new Promise<undefined>((resolve) => (stop = () => resolve(undefined)));
    this.signal.addEventListener('abort', stop, { once: true });
    try {
      return await Promise.race([promise, stopped]);
    } finally {
      this.signal.removeEventListener('abort', stop);
    }
  }

  /** Resolves after so many ms, or earlier when patience is over. */
  async sleep(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await this.wait(new Promise<void>((resolve) => (timer = setTimeout(resolve, ms))));
    clearTimeout(timer);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#outer.removeEventListener('abort', this.#fire);
  }
}
