import { cutToColumns } from '@seaworthy/reports';
import type { Output } from '../surroundings.ts';
import type { ProgressView } from './progress.ts';

/** Slow enough not to disturb what is being measured. */
const REDRAW_MS = 500;

/** Some lines at the bottom of a terminal that are drawn again and again; finished lines scroll up above them. */
export class LiveArea implements ProgressView {
  readonly #output: Output;
  readonly #lines: () => readonly string[];
  readonly #timer: NodeJS.Timeout;
  #drawn = 0;

  constructor(output: Output, lines: () => readonly string[]) {
    this.#output = output;
    this.#lines = lines;
    this.#timer = setInterval(() => this.#draw(''), REDRAW_MS);
    this.#timer.unref();
  }

  line(text: string): void {
    this.#draw(`${text}\n`);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#output.write(this.#erase());
  }

  #draw(above: string): void {
    const columns = this.#output.columns ?? 80;
    // A line that wraps would be counted wrongly when it is erased.
    const lines = this.#lines().map((line) => `${cutToColumns(line, columns - 1)}\n`);
    const erase = this.#erase();
    this.#drawn = lines.length;
    this.#output.write(erase + above + lines.join(''));
  }

  #erase(): string {
    const drawn = this.#drawn;
    this.#drawn = 0;
    return drawn === 0 ? '' : `\u001b[${String(drawn)}A\r\u001b[J`;
  }
}
