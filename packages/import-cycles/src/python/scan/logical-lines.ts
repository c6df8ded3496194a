import type { BlockStack, Opener } from './block-stack.ts';
import {
  BACKSLASH,
  COLON,
  CR,
  FF,
  HASH,
  LF,
  OPEN_PAREN,
  SEMICOLON,
  SPACE,
  startsName,
  TAB,
  isQuote,
} from './bytes.ts';
import type { CodeReader } from './code-reader.ts';
import { endOfName, keywordAt, STARTS_KEYWORD } from './keywords.ts';
import { opensLambda } from './lambda-bodies.ts';
import type { NameReader } from './names.ts';

/** What happens where the lines hold an import. Each returns the offset behind it. */
export interface ImportEvents {
  /** @param after offset behind the word `import` */
  readImport(after: number, lazy: boolean): number;
  /** @param after offset behind the word `from` */
  readFrom(after: number, lazy: boolean): number;
  error(offset: number, message: string): void;
}

/** Follows a source line by line: indentation, the headers of blocks, and the statements that import. */
export class LogicalLines {
  /** Offset at which the current statement starts. */
  statement = 0;
  private readonly reader: CodeReader;
  private readonly names: NameReader;
  private readonly blocks: BlockStack;
  private readonly events: ImportEvents;
  /** What `keyword` leaves behind: the block that a header opens, where its condition stands, where reading goes on. */
  private opener: Opener = 'plain';
  private conditionStart = -1;
  private conditionEnd = -1;
  private resumeAt = -1;

  constructor(reader: CodeReader, names: NameReader, blocks: BlockStack, events: ImportEvents) {
    this.reader = reader;
    this.names = names;
    this.blocks = blocks;
    this.events = events;
  }

  /** Reads the whole source from the offset `first` on. */
  read(first: number): void {
    const { end } = this.reader;
    this.blocks.reset();
    let i = first;
    while (i < end) i = this.line(i);
    if (this.blocks.expectsBlock) this.events.error(end, 'expected an indented block');
  }

  /**
   * One logical line from its indentation on. A method of its own, since V8 would optimise the loop in `read` for its
   * inner loop, and give that up at every line.
   */
  private line(start: number): number {
    const { reader, blocks } = this;
    const { bytes } = reader;
    let column = 0;
    let narrow = 0;
    let continued = 0;
    let i = start;
    for (; ; i++) {
      const byte = bytes[i]!;
      if (byte === SPACE) {
        column++;
        narrow++;
      } else if (byte === TAB) {
        column = (column | 7) + 1;
        narrow++;
      } else if (byte === FF) column = narrow = 0;
      else if (byte === BACKSLASH) {
        // As in CPython's tokenizer, the indentation before a continuation is what counts.
        const next = reader.afterLineEnd(i + 1);
        if (next === i + 1) break;
        continued ||= column;
        i = next - 1;
      } else break;
    }
    const byte = bytes[i]!;
    if (byte === LF || byte === CR) return i + 1;
    if (byte === HASH) return reader.skipComment(i);
    const problem = continued > 0 ? blocks.indent(continued, continued) : blocks.indent(column, narrow);
    if (problem !== undefined) this.events.error(i, problem);
    return this.logicalLine(i);
  }

  /** Statements from `start` to the end of their line. Returns the offset of the line end. */
  private logicalLine(start: number): number {
    const { reader, blocks } = this;
    const { bytes } = reader;
    let i = start;
    let inline = 0;
    for (;;) {
      this.statement = i;
      this.resumeAt = i;
      const opened = STARTS_KEYWORD[bytes[i]!] === 1 ? this.keyword(i) : -1;
      if (opened >= 0) {
        // A block's header ends here, and the block may stand on the same line.
        i = reader.skipBlanks(opened, false);
        if (this.endsLine(i)) {
          blocks.openNext(this.opener, this.conditionStart, this.conditionEnd);
          break;
        }
        blocks.openInline(this.opener, this.conditionStart, this.conditionEnd);
        inline++;
        continue;
      }
      i = reader.skipCode(this.resumeAt, false);
      if (bytes[i] !== SEMICOLON || i >= reader.end) break;
      i = reader.skipBlanks(i + 1, false);
      if (this.endsLine(i)) break;
    }
    while (inline-- > 0) blocks.closeInline();
    return bytes[i] === HASH ? reader.skipComment(i) : i;
  }

  /**
   * Reads the statement at `start` if it starts with a word that matters. Returns the offset after the colon of a
   * block's header; -1 for all else, whose rest is to be passed over from `resumeAt`.
   */
  private keyword(start: number): number {
    const { bytes } = this.reader;
    const after = endOfName(bytes, start);
    const word = keywordAt(bytes, start, after);
    switch (word) {
      case undefined:
        return -1;
      case 'import':
      case 'from':
        return this.importStatement(word, after, false);
      case 'lazy':
        return this.lazyStatement(after);
      case 'if':
        this.blocks.startChain();
        return this.condition(after);
      case 'elif':
        return this.condition(after);
      case 'else':
        return this.header(after, this.elseOpener());
      case 'class':
        return this.header(after, 'class');
      case 'def':
        return this.header(after, 'function');
      case 'for':
      case 'while':
        return this.header(after, 'loop');
      case 'try':
      case 'except':
      case 'finally':
        return this.header(after, 'try');
      case 'with':
        return this.header(after, 'plain');
      case 'match':
        return this.matchStatement(after);
      case 'case':
        return this.blocks.opener === 'match' ? this.header(after, 'case') : -1;
      case 'async':
        return this.asyncStatement(after);
      case 'print':
        return this.printStatement(after);
    }
  }

  private asyncStatement(after: number): number {
    const { reader, names } = this;
    const next = reader.skipBlanks(after, false);
    if (names.isWord(next, 'def')) return this.header(next + 3, 'function');
    if (names.isWord(next, 'for')) return this.header(next + 3, 'loop');
    return names.isWord(next, 'with') ? this.header(next + 4, 'plain') : -1;
  }

  /** What an `else` continues: the branches of an `if`, a loop or a `try`. */
  private elseOpener(): Opener {
    const last = this.blocks.lastOpener;
    return last === 'branch' || last === 'try' ? last : 'loop';
  }

  private condition(after: number): number {
    const colon = this.header(after, 'branch');
    if (colon >= 0) {
      this.conditionStart = after;
      this.conditionEnd = colon - 1;
    }
    return colon;
  }

  /** Passes over a header up to its colon. */
  private header(after: number, opener: Opener): number {
    const { reader } = this;
    this.opener = opener;
    this.conditionStart = this.conditionEnd = -1;
    let colon = reader.skipCode(after, true);
    while (reader.bytes[colon] === COLON && colon < reader.end) {
      // What follows on the line is a block, unless the colon belongs to a lambda of the header.
      const next = reader.skipBlanks(colon + 1, false);
      if (this.endsLine(next) || !opensLambda(reader, after, colon)) return colon + 1;
      colon = reader.skipCode(colon + 1, true);
    }
    this.events.error(colon, "expected ':'");
    this.resumeAt = colon;
    return -1;
  }

  /** `match` is a name as well: a statement is one whose line ends with its colon. */
  private matchStatement(after: number): number {
    const { reader } = this;
    const first = reader.skipBlanks(after, false);
    if (this.endsLine(first) || reader.bytes[first] === COLON) return -1;
    let colon = reader.skipCode(after, true);
    while (reader.bytes[colon] === COLON && colon < reader.end) {
      if (this.endsLine(reader.skipBlanks(colon + 1, false))) {
        this.opener = 'match';
        this.conditionStart = this.conditionEnd = -1;
        return colon + 1;
      }
      colon = reader.skipCode(colon + 1, true);
    }
    this.resumeAt = colon;
    return -1;
  }

  /** PEP 810. `lazy` is a name wherever no import follows. */
  private lazyStatement(after: number): number {
    const next = this.reader.skipBlanks(after, false);
    if (next === after) return -1;
    if (this.names.isWord(next, 'import')) return this.importStatement('import', next + 6, true);
    return this.names.isWord(next, 'from') ? this.importStatement('from', next + 4, true) : -1;
  }

  /** Nothing may follow an import but the end of its line or a `;`. */
  private importStatement(word: 'import' | 'from', after: number, lazy: boolean): number {
    const behind =
      word === 'import' ? this.events.readImport(after, lazy) : this.events.readFrom(after, lazy);
    if (!this.endsLine(behind) && this.reader.bytes[behind] !== SEMICOLON) {
      this.events.error(behind, 'unexpected text after an import');
    }
    this.resumeAt = behind;
    return -1;
  }

  /** The statement of Python 2 shows by what it prints; whether it was meant is all that can be told. */
  private printStatement(after: number): number {
    const { reader } = this;
    const next = reader.skipBlanks(after, false);
    const byte = reader.bytes[next]!;
    if (next === after || byte === OPEN_PAREN) return -1;
    const operator = ['in', 'is', 'if', 'and', 'or', 'not'].some((word) => this.names.isWord(next, word));
    if (isQuote(byte) || (startsName(byte) && !operator)) {
      this.events.error(next, 'the print statement of Python 2');
    }
    return -1;
  }

  private endsLine(i: number): boolean {
    const byte = this.reader.bytes[i];
    return byte === LF || byte === CR || byte === HASH;
  }
}
