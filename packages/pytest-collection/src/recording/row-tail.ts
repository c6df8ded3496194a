import { open, type FileHandle } from 'node:fs/promises';
import { parseRow, type Row } from './row.ts';

const CHUNK = 256 * 1024;

/** Reads the rows of a file while it grows: every `read` goes on where the last one stopped. */
export class RowTail implements AsyncDisposable {
  readonly #path: string;
  #file: FileHandle | undefined;
  #offset = 0;
  /** What comes after the last newline, bytes: a character may be cut in two as well. */
  #rest = Buffer.alloc(0);

  constructor(path: string) {
    this.#path = path;
  }

  /** What is there now; nothing while there is no file yet. */
  async *read(): AsyncGenerator<Row, void, undefined> {
    this.#file ??= await open(this.#path).catch(() => undefined);
    if (this.#file === undefined) return;
    const chunk = Buffer.alloc(CHUNK);
    for (;;) {
      const { bytesRead } = await this.#file.read(chunk, 0, CHUNK, this.#offset);
      if (bytesRead === 0) return;
      this.#offset += bytesRead;
      const text = Buffer.concat([this.#rest, chunk.subarray(0, bytesRead)]);
      const end = text.lastIndexOf(10) + 1;
      this.#rest = text.subarray(end);
      for (const line of text.toString('utf8', 0, end).split('\n')) {
        const row = line === '' ? undefined : parseRow(line);
        if (row !== undefined) yield row;
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }
}
