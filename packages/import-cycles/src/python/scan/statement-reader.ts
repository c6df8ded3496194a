import type { BlockStack, Opener } from './block-stack.ts';
import { COLON, OPEN_PAREN, SEMICOLON, startsName, isQuote } from './bytes.ts';
import type { CodeReader } from './code-reader.ts';
import { endOfName, keywordAt } from './keywords.ts';
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

/** Reads the beginnings of statements: the headers of blocks, and what imports. */
export class StatementReader {
  /** What `read` leaves behind: the block that a header opens, where its condition stands, where reading goes on. */
  opener: Opener = 'plain';
  conditionStart = -1;
  conditionEnd = -1;
  resumeAt = -1;
  private readonly reader: CodeReader;
  private readonly names: NameReader;
  private readonly blocks: BlockStack;
  private readonly events: ImportEvents;

  constructor(reader: CodeReader, names: NameReader, blocks: BlockStack, events: ImportEvents) {
    this.reader = reader;
    this.names = names;
    this.blocks = blocks;
    this.events = events;
  }

  /**
   * Reads the statement at `start` if it starts with a word that matters. Returns the offset after the colon of a
   * block's header; -1 for all else, whose rest is to be passed over from `resumeAt`.
   */
  read(start: number): number {
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
      if (reader.endsLine(next) || !opensLambda(reader, after, colon)) return colon + 1;
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
    if (reader.endsLine(first) || reader.bytes[first] === COLON) return -1;
    let colon = reader.skipCode(after, true);
    while (reader.bytes[colon] === COLON && colon < reader.end) {
      if (reader.endsLine(reader.skipBlanks(colon + 1, false))) {
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
    if (!this.reader.endsLine(behind) && this.reader.bytes[behind] !== SEMICOLON) {
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
}
