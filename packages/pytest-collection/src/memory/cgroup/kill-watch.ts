import { readKills, type Cgroup } from '@seaworthy/cgroups';
import type { KillSighting } from '../../model/collection-runner.ts';

const LOOK_EVERY_MS = 25;

/** Looks at a run's own counter of kills for memory, since the kernel tells how many there were, but not when. */
export class KillWatch implements Disposable {
  readonly #cgroup: Cgroup;
  readonly #startedAt: bigint;
  readonly #before: number;
  readonly #timer: NodeJS.Timeout;
  #afterMs = 0;
  /** Of the first kill; missing where none was seen yet. */
  seen: KillSighting | undefined;

  constructor(cgroup: Cgroup, startedAt: bigint) {
    this.#cgroup = cgroup;
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
    const kills = readKills(this.#cgroup);
    return kills?.hierarchical ?? kills?.own ?? 0;
  }

  #elapsedMs(): number {
    return Number(process.hrtime.bigint() - this.#startedAt) / 1e6;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
