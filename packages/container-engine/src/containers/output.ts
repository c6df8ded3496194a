import { Readable } from 'node:stream';

/** One output of a container: whoever does not read it stops the container at some point, as a pipe does. */
export class Output {
  readonly readable: Readable;
  #wanted: (() => void) | undefined;
  #flowing = false;

  constructor() {
    this.readable = new Readable({
      read: () => {
        this.#wanted?.();
        this.#wanted = undefined;
      },
    });
    this.readable.on('error', () => {}); // Told by the end of the container.
  }

  /** Resolves when more is wanted; at once after `letGo`. */
  give(chunk: Buffer): Promise<void> | undefined {
    if (this.readable.destroyed || this.readable.push(chunk) || this.#flowing) return undefined;
    return new Promise((resolve) => (this.#wanted = resolve));
  }

  /** From now on everything is kept for the reader: what is still to come is no more than the engine has buffered. */
  letGo(): void {
    this.#flowing = true;
    this.#wanted?.();
  }

  end(): void {
    if (!this.readable.destroyed) this.readable.push(null);
  }
}
