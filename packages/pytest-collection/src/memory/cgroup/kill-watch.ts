import { join } from 'node:path';
import type { KillSighting } from '../../model/collection-runner.ts';
import { readField } from './cgroup-figures.ts';
import type { OwnCgroup } from './own-cgroups.ts';

const LOOK_EVERY_MS = 25;

/** Looks at a run's own counter of kills for memory, since the kernel tells how many there were, but not when. */
export class KillWatch implements Disposable {
  readonly #file: string;
  readonly #startedAt: bigint;
  readonly #before: number;
  readonly #timer: NodeJS.Timeout;
  #afterMs = 0;
  /** Of the first kill; missing where none was seen yet. */
  seen: KillSighting | undefined;

  constructor({ path, version }: OwnCgroup, startedAt: bigint) {
    this.#file = join(path, version === 1 ? 'memory.oom_control' : 'memory.events');
    this.#startedAt = startedAt;
    this.#before = this.#count();
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  look(): void {
    if (this.seen !== undefined) return;
    const lookedMs = this.#elapsedMs();
    if (this.#count() <= this.#before) {
      this.#afterMs = lookedMs;
      return;
    }
    this.seen = { afterMs: this.#afterMs, byMs: this.#elapsedMs() };
    this[Symbol.dispose]();
  }

  #count(): number {
    return readField(this.#file, 'oom_kill') ?? 0;
  }

  #elapsedMs(): number {
    return Number(process.hrtime.bigint() - this.#startedAt) / 1e6;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
