import type { Output } from '../surroundings.ts';
import type { ProgressView } from './progress.ts';

/** Longest silence in a log: services that run builds take a silent job for a dead one. */
const HEARTBEAT_MS = 10_000;

/** Finished lines as they come, and what is running when there was none for a while. */
export class HeartbeatLog implements ProgressView {
  readonly #output: Output;
  readonly #lines: () => readonly string[];
  #timer: NodeJS.Timeout;

  constructor(output: Output, lines: () => readonly string[]) {
    this.#output = output;
    this.#lines = lines;
    this.#timer = this.#arm();
  }

  line(text: string): void {
    this.#output.write(`${text}\n`);
    clearTimeout(this.#timer);
    this.#timer = this.#arm();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #arm(): NodeJS.Timeout {
    return setTimeout(() => {
      for (const line of this.#lines()) this.#output.write(`  ${line}\n`);
      this.#timer = this.#arm();
    }, HEARTBEAT_MS).unref();
  }
}
