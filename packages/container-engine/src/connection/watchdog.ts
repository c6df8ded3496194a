import { setTimeout as sleep } from 'node:timers/promises';
import { nameOfEndpoint } from '@seaworthy/scenario';
import type { EngineApi } from './engine-api.ts';
import { EngineError } from './engine-error.ts';

const LONGEST_PAUSE_MS = 5_000;

/**
 * Tells a silent stream from a dead engine. What waits for an engine without a limit (the end of a container, its
 * output, events) would wait for ever for one that is frozen; so while anything waits, the engine is pinged.
 */
export class Watchdog {
  readonly #api: EngineApi;
  readonly #waiting = new Set<(error: EngineError) => void>();
  #running = false;

  constructor(api: EngineApi) {
    this.#api = api;
  }

  /**
   * The outcome of something that has no timeout of its own.
   *
   * @throws EngineError TIMEOUT where the engine meanwhile answers no ping for as long as a request may take.
   */
  async guard<T>(waited: Promise<T>): Promise<T> {
    const silence = Promise.withResolvers<never>();
    this.#waiting.add(silence.reject);
    void this.#watch();
    try {
      return await Promise.race([waited, silence.promise]);
    } finally {
      this.#waiting.delete(silence.reject);
    }
  }

  /** Two misses in a row, because a tool that was itself stopped finds its first ping overdue. */
  async #watch(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    const { timeoutMs } = this.#api;
    let lastAnswer = performance.now();
    for (let misses = 0; this.#waiting.size > 0;) {
      if (misses === 0) await sleep(Math.min(LONGEST_PAUSE_MS, timeoutMs / 4), undefined, { ref: false });
      if (this.#waiting.size === 0) break;
      const error = await this.#ping(timeoutMs / 2);
      misses = error?.code === 'TIMEOUT' ? misses + 1 : 0;
      if (error === undefined) lastAnswer = performance.now();
      // An engine that is started again refuses connections for a while; streams break by themselves then.
      else if (misses === 2 || performance.now() - lastAnswer > timeoutMs) this.#tell(error);
    }
    this.#running = false;
  }

  async #ping(timeoutMs: number): Promise<EngineError | undefined> {
    try {
      await this.#api.text('GET', '/_ping', { timeoutMs });
      return undefined;
    } catch (error) {
      return error as EngineError;
    }
  }

  #tell(cause: Error): void {
    const place = nameOfEndpoint(this.#api.endpoint);
    const error = new EngineError(
      'TIMEOUT',
      `The container engine at ${place} stopped answering: no reply to a ping within ${this.#api.timeoutMs / 1000} s. ` +
        'See whether `docker info` answers, and start the engine again if not',
      { cause },
    );
    for (const reject of this.#waiting) reject(error);
    this.#waiting.clear();
  }
}
