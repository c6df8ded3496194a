import {
  BACKSLASH,
  CLOSE,
  CLOSE_BRACE,
  COLON_CLASS,
  COMMENT,
  CR,
  IS_NAME,
  LF,
  OPEN,
  OPEN_BRACE,
  QUOTE,
  WATCHED,
} from './bytes.ts';
import type { CodeEvents, CodeReader } from './code-reader.ts';

/** CPython's limit (`MAXFSTRINGLEVEL` in Parser/tokenizer.h), beyond which it gives up as well. */
const MOST_NESTED = 150;

const LOWER_F = 0x66;
const LOWER_R = 0x72;
const LOWER_T = 0x74;
const UPPER_N = 0x4e;

/** Passes over strings of all kinds. */
export class StringReader {
  private readonly code: CodeReader;
  private readonly events: CodeEvents;
  private nested = 0;

  constructor(code: CodeReader, events: CodeEvents) {
    this.code = code;
    this.events = events;
  }

  /** Passes over a string whose opening quote is at `start`; its prefix, which decides how it is read, stands before it. */
  skip(start: number): number {
    const { bytes } = this.code;
    let formatted = false;
    let raw = false;
    let i = start - 1;
    while (i >= 0 && start - i <= 2) {
      const letter = bytes[i]! | 0x20;
      if (IS_NAME[bytes[i]!] !== 1) break;
      if (letter === LOWER_F || letter === LOWER_T) formatted = true;
      else if (letter === LOWER_R) raw = true;
      i--;
    }
    const quote = bytes[start]!;
    const triple = bytes[start + 1] === quote && bytes[start + 2] === quote && start + 2 < this.code.end;
    if (formatted) return this.skipFormatted(start, quote, triple, raw);
    return triple ? this.skipTriple(start, quote) : this.skipSingle(start, quote);
  }

  private skipSingle(start: number, quote: number): number {
    const { bytes, end } = this.code;
    let i = start + 1;
    for (;;) {
      const byte = bytes[i]!;
      if (byte === quote) return i + 1;
      if (byte === BACKSLASH) {
        const next = this.code.afterLineEnd(i + 1);
        i = next === i + 1 ? Math.min(i + 2, end) : next;
      } else if (byte === LF || byte === CR) {
        this.events.error(start, 'unterminated string literal');
        return i;
      } else i++;
    }
  }

  private skipTriple(start: number, quote: number): number {
    const { bytes, end } = this.code;
    let i = start + 3;
    for (;;) {
      // Stops behind the source at the latest.
      while (bytes[i] !== quote && bytes[i] !== BACKSLASH) i++;
      if (i >= end) break;
      if (bytes[i] === BACKSLASH) i += 2;
      else if (bytes[i + 1] === quote && bytes[i + 2] === quote && i + 2 < end) return i + 3;
      else i++;
    }
    this.events.error(start, 'unterminated triple-quoted string literal');
    return end;
  }

  /** An f-string or t-string: its replacement fields are code, with strings and fields of their own (PEP 701, 750). */
  private skipFormatted(start: number, quote: number, triple: boolean, raw: boolean): number {
    const { end } = this.code;
    if (this.nested >= MOST_NESTED) {
      this.events.error(start, 'too many nested f-strings');
      return end;
    }
    this.nested++;
    let i = this.skipFormattedText(start + (triple ? 3 : 1), quote, triple, raw, false);
    this.nested--;
    if (i < 0) {
      i = -i;
      this.events.error(start, `unterminated ${triple ? 'triple-quoted ' : ''}f-string literal`);
      return i;
    }
    return i + (triple ? 3 : 1);
  }

  /**
   * The text of a formatted string up to its closing quote, or (`inSpec`) of a format specification up to the `}` that
   * ends its field. Returns the offset of that byte; negative where the string ends before.
   */
  private skipFormattedText(
    start: number,
    quote: number,
    triple: boolean,
    raw: boolean,
    inSpec: boolean,
  ): number {
    const { bytes, end } = this.code;
    let i = start;
    while (i < end) {
      const byte = bytes[i]!;
      if (byte === quote && (!triple || (bytes[i + 1] === quote && bytes[i + 2] === quote && i + 2 < end))) {
        return inSpec ? -i : i;
      }
      if (byte === BACKSLASH) {
        const next = bytes[i + 1]!;
        if (!raw && next === UPPER_N && bytes[i + 2] === OPEN_BRACE) {
          i += 3;
          while (i < end && bytes[i] !== CLOSE_BRACE && bytes[i] !== quote && bytes[i] !== LF) i++;
        } else if (next === OPEN_BRACE || next === CLOSE_BRACE) i++;
        else i = Math.max(i + 2, this.code.afterLineEnd(i + 1));
      } else if (byte === OPEN_BRACE) {
        if (bytes[i + 1] === OPEN_BRACE && !inSpec) i += 2;
        else {
          i = this.skipField(i, quote, triple, raw);
          if (i < 0) return i;
        }
      } else if (byte === CLOSE_BRACE && inSpec) return i;
      else if ((byte === LF || byte === CR) && !triple) return -i;
      else i++;
    }
    return -end;
  }

  /** A replacement field from its `{`. Returns the offset after its `}`; negative where the string ends before. */
  private skipField(start: number, quote: number, triple: boolean, raw: boolean): number {
    const { bytes, classes, end } = this.code;
    let i = start + 1;
    let depth = 0;
    while (i < end) {
      const byte = bytes[i]!;
      switch (classes[byte]) {
        case COMMENT:
          i = this.code.skipComment(i);
          break;
        case QUOTE:
          // Before Python 3.12 the string's own quote always ended it: a field that it cuts off is an error there and here.
          i = this.skip(i);
          break;
        case OPEN:
          depth++;
          i++;
          break;
        case CLOSE:
          if (depth === 0) {
            if (byte === CLOSE_BRACE) return i + 1;
            this.events.error(i, `unmatched '${String.fromCharCode(byte)}'`);
          } else depth--;
          i++;
          break;
        case COLON_CLASS: {
          if (depth > 0) {
            i++;
            break;
          }
          i = this.skipFormattedText(i + 1, quote, triple, raw, true);
          return i < 0 ? i : i + 1;
        }
        case WATCHED:
          i = this.events.watched(i);
          break;
        default:
          i++;
      }
    }
    return -end;
  }
}
