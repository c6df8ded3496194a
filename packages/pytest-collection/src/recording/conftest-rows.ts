import type { ConftestRecord } from '../model/recording.ts';
import type { Row } from './row.ts';

/** Conftests, which import each other: each is opened before it is executed and closed after. */
export class ConftestRows {
  readonly #at: (us: number) => number;
  readonly #closed: ConftestRecord[] = [];
  readonly #open: string[] = [];

  /** @param at from the clock of the rows, us, to ms since the start */
  constructor(at: (us: number) => number) {
    this.#at = at;
  }

  open(path: string): void {
    this.#open.push(path);
  }

  close(row: Row & { k: 'fc' }): void {
    const opened = this.#open.lastIndexOf(row.f);
    if (opened >= 0) this.#open.splice(opened);
    this.#closed.push({
      path: row.f,
      atMs: this.#at(row.t),
      wallMs: (row.e - row.t) / 1000,
      cpuMs: row.u / 1000,
      memoryBytes: row.m,
      failed: row.bad,
    });
  }

  /** Path of the one that is being executed. */
  get innermost(): string | undefined {
    return this.#open.at(-1);
  }

  build(): readonly ConftestRecord[] {
    return this.#closed;
  }
}
