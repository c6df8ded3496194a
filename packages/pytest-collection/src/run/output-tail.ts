import type { Readable } from 'node:stream';

const KEPT_BYTES = 16 * 1024;

/**
 * Reads a stream to its end, however much it is, so that the writer never waits, and keeps only what came last.
 */
export class OutputTail {
  /** Resolves when the stream ended or was destroyed. */
  readonly closed: Promise<void>;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(stream: Readable | null) {
    this.closed = new Promise((resolve) => {
      if (stream === null) return resolve();
      stream.on('data', (chunk: Buffer) => this.#keep(chunk));
      stream.on('error', () => {}); // A stream that breaks has told what it could.
      stream.once('close', () => resolve());
    });
  }

  /** At most 16 KiB, without the rest of a character that was cut in two. */
  get text(): string {
    const all = Buffer.concat(this.#chunks);
    let start = Math.max(0, all.length - KEPT_BYTES);
    if (start > 0) while (isContinuation(all[start])) start += 1;
    return all.toString('utf8', start);
  }

  #keep(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    while (this.#bytes - (this.#chunks[0]?.length ?? 0) >= KEPT_BYTES) {
      this.#bytes -= this.#chunks.shift()?.length ?? 0;
    }
  }
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
