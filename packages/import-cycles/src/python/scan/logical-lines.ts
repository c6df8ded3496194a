import type { BlockStack } from './block-stack.ts';
import { BACKSLASH, CR, FF, HASH, LF, SEMICOLON, SPACE, TAB } from './bytes.ts';
import type { CodeReader } from './code-reader.ts';
import { STARTS_KEYWORD } from './keywords.ts';
import type { NameReader } from './names.ts';
import { StatementReader } from './statement-reader.ts';
import type { ImportEvents } from './statement-reader.ts';

/** Follows a source line by line: indentation, and the statements and blocks of each line. */
export class LogicalLines {
  /** Offset at which the current statement starts. */
  statement = 0;
  private readonly reader: CodeReader;
  private readonly blocks: BlockStack;
  private readonly statements: StatementReader;
  private readonly events: ImportEvents;

  constructor(reader: CodeReader, names: NameReader, blocks: BlockStack, events: ImportEvents) {
    this.reader = reader;
    this.blocks = blocks;
    this.statements = new StatementReader(reader, names, blocks, events);
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
    const { reader, blocks, statements } = this;
    const { bytes } = reader;
    let i = start;
    let inline = 0;
    for (;;) {
      this.statement = i;
      statements.resumeAt = i;
      const opened = STARTS_KEYWORD[bytes[i]!] === 1 ? statements.read(i) : -1;
      if (opened >= 0) {
        // A block's header ends here, and the block may stand on the same line.
        i = reader.skipBlanks(opened, false);
        if (reader.endsLine(i)) {
          blocks.openNext(statements.opener, statements.conditionStart, statements.conditionEnd);
          break;
        }
        blocks.openInline(statements.opener, statements.conditionStart, statements.conditionEnd);
        inline++;
        continue;
      }
      i = reader.skipCode(statements.resumeAt, false);
      if (bytes[i] !== SEMICOLON || i >= reader.end) break;
      i = reader.skipBlanks(i + 1, false);
      if (reader.endsLine(i)) break;
    }
    while (inline-- > 0) blocks.closeInline();
    return bytes[i] === HASH ? reader.skipComment(i) : i;
  }
}
