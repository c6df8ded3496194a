import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { AFTER_SOURCE } from './scan/code-reader.ts';

/** A file's bytes at the start of a buffer that the next file overwrites. */
export interface SourceBytes {
  readonly bytes: Buffer;
  readonly length: number;
}

/** Reads files one after the other into the same memory. */
export class SourceReader {
  private buffer = Buffer.allocUnsafeSlow(256 * 1024);
  private readonly largest: number;

  /** @param largest files of more bytes are not read */
  constructor(largest: number) {
    this.largest = largest;
  }

  /** Behind the source is room for `AFTER_SOURCE`. Returns the file's size instead where it is too large. */
  read(path: string | Buffer): SourceBytes | { readonly tooLarge: number } {
    const descriptor = openSync(path, 'r');
    try {
      let length = 0;
      for (;;) {
        // A read that does not fill the buffer has reached the end: no need to ask for the size of most files.
        const room = this.buffer.length - AFTER_SOURCE.length - length;
        const read = readSync(descriptor, this.buffer, length, room, null);
        length += read;
        if (length > this.largest) return { tooLarge: fstatSync(descriptor).size };
        if (read < room) return { bytes: this.buffer, length };
        const { size } = fstatSync(descriptor);
        if (size > this.largest) return { tooLarge: size };
        const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, size + 64));
        this.buffer.copy(larger, 0, 0, length);
        this.buffer = larger;
      }
    } finally {
      closeSync(descriptor);
    }
  }
}
