import type { Output } from '../surroundings.ts';

const CLEAR_LINE = '\r\u001b[2K';

/**
 * On a terminal, one line that says what a command is at, gone as soon as there is something else to print. For work that
 * keeps the event loop busy, so that nothing could be drawn while it lasts.
 */
export class PhaseLine implements Disposable {
  readonly #output: Output;
  #shown = false;

  constructor(output: Output) {
    this.#output = output;
  }

  /** Cut to the terminal's width, since a line that wraps cannot be taken back. */
  show(text: string): void {
    if (!this.#output.isTTY) return;
    this.#output.write(`${CLEAR_LINE}${text.slice(0, (this.#output.columns ?? 80) - 1)}`);
    this.#shown = true;
  }

  [Symbol.dispose](): void {
    if (this.#shown) this.#output.write(CLEAR_LINE);
    this.#shown = false;
  }
}
