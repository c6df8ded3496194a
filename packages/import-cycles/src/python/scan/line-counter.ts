import { CR, LF } from './bytes.ts';

/**
 * Turns offsets into lines and columns. Lines are counted only up to where one is asked for, so a file whose imports
 * stand at its top costs next to nothing. Offsets are best asked for in ascending order; a smaller one starts over.
 */
export class LineCounter {
  private bytes: Uint8Array = new Uint8Array(0);
  private first = 0;
  private position = 0;
  private currentLine = 1;
  private lineStart = 0;

  /** Starts with another source, whose text begins at `first` (after a byte order mark). */
  reset(bytes: Uint8Array, first: number): void {
    this.bytes = bytes;
    this.first = first;
    this.rewind();
  }

  /** 1-based line of an offset. `\n`, `\r\n` and a lone `\r` end a line, as Python reads sources. */
  line(offset: number): number {
    if (offset < this.position) this.rewind();
    const bytes = this.bytes;
    let i = this.position;
    while (i < offset) {
      const byte = bytes[i]!;
      i++;
      // One comparison for nearly all bytes.
      if (byte > CR) continue;
      if (byte === LF || (byte === CR && bytes[i] !== LF)) {
        this.currentLine++;
        this.lineStart = i;
      }
    }
    this.position = i;
    return this.currentLine;
  }

  /** 1-based column of an offset in UTF-16 code units. */
  column(offset: number): number {
    this.line(offset);
    const bytes = this.bytes;
    let units = 1;
    for (let i = this.lineStart; i < offset; i++) {
      const byte = bytes[i]!;
      // Continuation bytes add nothing; what four bytes encode takes a surrogate pair.
      if (byte < 0x80 || byte >= 0xc0) units += byte >= 0xf0 ? 2 : 1;
    }
    return units;
  }

  private rewind(): void {
    this.position = this.first;
    this.lineStart = this.first;
    this.currentLine = 1;
  }
}
