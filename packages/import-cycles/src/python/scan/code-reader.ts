import {
  BACKSLASH,
  BANG,
  BEYOND_ASCII,
  BYTE_CLASS,
  CLOSE,
  CLOSE_BRACE,
  COLON_CLASS,
  COMMENT,
  CONTINUATION,
  CR,
  EQUALS,
  FF,
  HASH,
  INVALID,
  IS_NAME,
  LF,
  NEWLINE,
  OPEN,
  OPEN_BRACKET,
  OPEN_PAREN,
  PLAIN,
  QUOTE,
  SEPARATOR,
  SPACE,
  TAB,
  WATCHED,
} from './bytes.ts';
import { StringReader } from './string-reader.ts';

/** What must stand behind every source: a line end, and twice what no string passes over without a look. */
export const AFTER_SOURCE: Uint8Array = Uint8Array.of(LF, BACKSLASH, BACKSLASH);

/** What the reader tells about while it passes over code. */
export interface CodeEvents {
  error(offset: number, message: string): void;
  /** A comment from its `#` to the end of its line. */
  comment(start: number, end: number): void;
  /** A byte of a watched class outside strings and comments. Returns where reading goes on; at least `offset + 1`. */
  watched(offset: number): number;
}

/** CPython's limit (`MAXLEVEL` in Parser/tokenizer.h), beyond which it gives up as well. */
const MOST_BRACKETS = 200;
const CONTINUES_NAME = /^\p{XID_Continue}*$/u;

/**
 * Passes over Python code without making tokens: knows strings of all kinds, comments, brackets and continued lines, and
 * nothing else. Behind the source stand the bytes of `AFTER_SOURCE`, at which its loops stop.
 */
export class CodeReader {
  bytes: Uint8Array = new Uint8Array(1);
  end = 0;
  /** Whether `events.comment` is called. */
  watchesComments = false;
  /** `BYTE_CLASS`, or a copy with watched bytes. */
  classes: Uint8Array = BYTE_CLASS;
  private readonly events: CodeEvents;
  private readonly brackets = new Uint8Array(MOST_BRACKETS + 1);
  private readonly bracketAt = new Uint32Array(MOST_BRACKETS + 1);
  private readonly strings: StringReader;

  constructor(events: CodeEvents) {
    this.events = events;
    this.strings = new StringReader(this, events);
  }

  /** Whether nothing but a comment stands between the offset and the end of its line. */
  endsLine(i: number): boolean {
    const byte = this.bytes[i];
    return byte === LF || byte === CR || byte === HASH;
  }

  /**
   * Passes over code from `start` to what ends it outside brackets: a line's end, a `;`, or (where `stopAtColon`) a `:`
   * that is not part of `:=`. Returns the offset of that byte; `end` at the end of the source.
   */
  skipCode(start: number, stopAtColon: boolean): number {
    const { bytes, classes, end } = this;
    let i = start;
    let depth = 0;
    for (;;) {
      while (classes[bytes[i]!] === PLAIN) i++;
      const byte = bytes[i]!;
      switch (classes[byte]) {
        case NEWLINE:
          if (i >= end) {
            if (depth > 0) this.neverClosed(depth);
            return end;
          }
          if (depth === 0) return i;
          i++;
          break;
        case COMMENT:
          i = this.skipComment(i);
          break;
        case QUOTE:
          i = this.skipString(i);
          break;
        case CONTINUATION:
          i = this.skipContinuation(i);
          break;
        case OPEN:
          this.opened(i, depth);
          depth++;
          i++;
          break;
        case CLOSE:
          this.closed(i, depth);
          if (depth > 0) depth--;
          i++;
          break;
        case SEPARATOR:
          if (depth === 0) return i;
          this.events.error(i, "';' inside brackets");
          i++;
          break;
        case COLON_CLASS:
          if (depth === 0 && stopAtColon && bytes[i + 1] !== EQUALS) return i;
          i++;
          break;
        case INVALID:
          if (byte !== BANG || bytes[i + 1] !== EQUALS) this.meaningless(i);
          i++;
          break;
        case WATCHED:
          i = this.events.watched(i);
          break;
        case BEYOND_ASCII:
          i = this.skipName(i);
          break;
        default:
          i++;
      }
    }
  }

  // Errors are told by methods of their own: what `skipCode` itself holds is optimised at every start of a process.

  private opened(i: number, depth: number): void {
    if (depth < MOST_BRACKETS) {
      this.brackets[depth] = this.bytes[i]!;
      this.bracketAt[depth] = i;
    } else if (depth === MOST_BRACKETS) this.events.error(i, 'too many nested parentheses');
  }

  private closed(i: number, depth: number): void {
    if (depth > MOST_BRACKETS) return;
    const open = this.brackets[depth - 1];
    if (depth > 0 && closes(open!, this.bytes[i]!)) return;
    const close = this.textAt(i);
    if (depth === 0) this.events.error(i, `unmatched '${close}'`);
    else this.events.error(i, `'${close}' does not match '${String.fromCharCode(open!)}'`);
  }

  private neverClosed(depth: number): void {
    const opened = this.bracketAt[Math.min(depth, MOST_BRACKETS) - 1]!;
    this.events.error(opened, `'${this.textAt(opened)}' was never closed`);
  }

  private meaningless(i: number): void {
    this.events.error(i, `'${this.textAt(i)}' has no meaning here`);
  }

  private textAt(i: number): string {
    return String.fromCharCode(this.bytes[i]!);
  }

  /** Passes over the rest of a name from its first byte beyond ASCII. Quotes from a word processor are no names. */
  private skipName(start: number): number {
    const { bytes } = this;
    let end = start;
    while (IS_NAME[bytes[end]!] === 1) end++;
    const name = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString();
    if (!CONTINUES_NAME.test(name.normalize('NFKC'))) {
      this.events.error(start, `${name} is no name, and has no meaning here`);
    }
    return end;
  }

  /** Passes over spaces, tabs, form feeds and continued lines; with `acrossLines` over line ends and comments too. */
  skipBlanks(start: number, acrossLines: boolean): number {
    const { bytes, end } = this;
    let i = start;
    for (;;) {
      const byte = bytes[i]!;
      if (byte === SPACE || byte === TAB || byte === FF) i++;
      else if (byte === BACKSLASH) {
        const next = this.afterLineEnd(i + 1);
        if (next === i + 1) return i;
        i = next;
      } else if (!acrossLines || i >= end) return i;
      else if (byte === LF || byte === CR) i++;
      else if (BYTE_CLASS[byte] === COMMENT) i = this.skipComment(i);
      else return i;
    }
  }

  /** The end of the comment that starts at `start`: the offset of its line's end. */
  skipComment(start: number): number {
    const { bytes } = this;
    let i = start + 1;
    // One comparison for nearly all bytes.
    while (bytes[i]! > CR || (bytes[i] !== LF && bytes[i] !== CR)) i++;
    if (this.watchesComments) this.events.comment(start, i);
    return i;
  }

  /** Offset after the line end at `i`, or `i` where there is none. */
  afterLineEnd(i: number): number {
    const { bytes, end } = this;
    if (i >= end) return i;
    if (bytes[i] === LF) return i + 1;
    if (bytes[i] !== CR) return i;
    return i + 1 < end && bytes[i + 1] === LF ? i + 2 : i + 1;
  }

  /** Passes over a string whose opening quote is at `start`; its prefix, which decides how it is read, stands before it. */
  skipString(start: number): number {
    return this.strings.skip(start);
  }

  private skipContinuation(i: number): number {
    const next = this.afterLineEnd(i + 1);
    if (next > i + 1) return next;
    if (i + 1 < this.end) this.events.error(i, 'unexpected character after line continuation character');
    else this.events.error(i, 'unexpected end of file after line continuation character');
    return i + 1;
  }
}

function closes(open: number, close: number): boolean {
  if (open === OPEN_PAREN) return close === 0x29;
  return open === OPEN_BRACKET ? close === 0x5d : close === CLOSE_BRACE;
}
