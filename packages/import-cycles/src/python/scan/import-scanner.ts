import { IGNORE_MARKER, parseIgnoreComment } from '../../model/ignore-comment.ts';
import { BlockStack } from './block-stack.ts';
import type { Opener } from './block-stack.ts';
import {
  BACKSLASH,
  BYTE_CLASS,
  COLON,
  CR,
  DOT,
  FF,
  HASH,
  IS_NAME,
  LF,
  SEMICOLON,
  SPACE,
  TAB,
} from './bytes.ts';
import { CodeReader } from './code-reader.ts';
import { ImportCallReader } from './import-calls.ts';
import { ImportStatementReader } from './import-statement.ts';
import { kindCode, stronger } from './kind-strength.ts';
import { isInLambda } from './lambda-bodies.ts';
import { LineCounter } from './line-counter.ts';
import { NameReader } from './names.ts';
import { FORM_CALL, FORM_FROM, FORM_IMPORT, FORM_STAR } from './scan-sink.ts';
import type { ScanSink } from './scan-sink.ts';
import { decodeSource } from './source-encoding.ts';

const LAZY = kindCode('lazy');
const FUNCTION = kindCode('function');
const TYPING = new Set(['typing', 'typing_extensions']);

/** First letters of the words that start a statement the scanner must know: all others are passed over at once. */
const STARTS_KEYWORD = new Uint8Array(256);
for (const letter of 'acdefilmtw') STARTS_KEYWORD[letter.charCodeAt(0)] = 1;

/** Words that open a block whose condition does not matter. */
const OPENERS: ReadonlyMap<string, Opener> = new Map([
  ['class', 'class'],
  ['def', 'function'],
  ['for', 'loop'],
  ['while', 'loop'],
  ['try', 'try'],
  ['except', 'try'],
  ['finally', 'try'],
  ['with', 'plain'],
]);

/**
 * Finds the imports of Python sources (3.8 to 3.15) without parsing them: follows lines, indentation, strings and
 * brackets, and reads import statements, literal import calls and the conditions above them. Keeps its buffers from
 * file to file. Reports the first syntax error of a file among those it can see, and reads on.
 */
export class ImportScanner {
  private readonly reader: CodeReader;
  private readonly names: NameReader;
  private readonly lines = new LineCounter();
  private readonly blocks: BlockStack;
  private readonly statements: ImportStatementReader;
  private readonly calls: ImportCallReader;
  private readonly typeCheckingNames = new Set<string>();
  private text: Buffer = Buffer.alloc(1);
  private sink: ScanSink | undefined;
  /** Offset at which the current statement starts. */
  private statement = 0;
  private lazy = false;
  private failed = false;
  private watchesComments = false;
  private findsCalls = false;
  private commentedUpTo = 0;

  constructor() {
    this.reader = new CodeReader({
      error: (offset, message) => this.error(offset, message),
      comment: (start, end) => this.comment(start, end),
      watched: (offset) => this.watched(offset),
    });
    this.names = new NameReader(this.reader);
    this.blocks = new BlockStack({
      text: (start, end) => this.text.toString('latin1', start, end),
      typeCheckingNames: this.typeCheckingNames,
    });
    this.calls = new ImportCallReader(this.reader, this.names);
    this.statements = new ImportStatementReader(this.reader, this.names, {
      imported: (form, level, module, name, at, boundAs) =>
        this.imported(form, level, module, name, at, boundAs),
      error: (offset, message) => this.error(offset, message),
    });
  }

  /**
   * Scans the source in the first `length` bytes of `bytes`, which must be longer than that: the byte behind the source
   * is overwritten.
   */
  scan(bytes: Buffer, length: number, sink: ScanSink): void {
    const source = decodeSource(bytes, length);
    this.sink = sink;
    this.failed = false;
    if (source.problem !== undefined) {
      this.failed = true;
      sink.addProblem('undecodable', source.problem.line, source.problem.message);
    }
    this.text = source.text;
    if (source.length === source.text.length) {
      this.text = Buffer.allocUnsafe(source.length + 1);
      source.text.copy(this.text, 0, 0, source.length);
    }
    this.text[source.length] = LF;
    this.reader.bytes = this.text;
    this.reader.end = source.length;
    this.names.reset(this.text);
    this.lines.reset(this.text, source.first);
    const used = this.text.subarray(0, source.length);
    const nul = used.indexOf(0);
    if (nul >= 0) this.error(nul, 'null bytes');
    this.watchesComments = used.includes(IGNORE_MARKER);
    this.commentedUpTo = 0;
    this.typeCheckingNames.clear();
    this.calls.modules.clear();
    this.calls.functions.clear();
    const mayCall = used.includes('import_module') || used.includes('__import__');
    this.findsCalls = false;
    this.reader.classes = BYTE_CLASS;
    if (mayCall) {
      // The first pass learns what the file calls `importlib` and `import_module`.
      this.sink = undefined;
      this.run(source.first);
      this.sink = sink;
      this.findsCalls = true;
      this.reader.classes = this.calls.classes();
    }
    this.run(source.first);
    this.sink = undefined;
  }

  private run(first: number): void {
    const { reader, blocks } = this;
    const { bytes, end } = reader;
    blocks.reset();
    let i = first;
    while (i < end) {
      let column = 0;
      let narrow = 0;
      let continued = 0;
      indentation: for (; ; i++) {
        switch (bytes[i]) {
          case SPACE:
            column++;
            narrow++;
            break;
          case TAB:
            column = (column | 7) + 1;
            narrow++;
            break;
          case FF:
            column = narrow = 0;
            break;
          case BACKSLASH: {
            const next = reader.afterLineEnd(i + 1);
            if (next === i + 1) break indentation;
            continued ||= column;
            i = next - 1;
            break;
          }
          default:
            break indentation;
        }
      }
      const byte = bytes[i]!;
      if (byte === LF || byte === CR) {
        i++;
        continue;
      }
      if (byte === HASH) {
        i = reader.skipComment(i);
        continue;
      }
      const problem = continued > 0 ? blocks.indent(continued, continued) : blocks.indent(column, narrow);
      if (problem !== undefined) this.error(i, problem);
      i = this.logicalLine(i);
    }
    if (blocks.expectsBlock) this.error(end, 'expected an indented block');
  }

  /** Statements from `start` to the end of their line. Returns the offset of the line end. */
  private logicalLine(start: number): number {
    const { reader, blocks } = this;
    const { bytes } = reader;
    let i = start;
    let inline = 0;
    for (;;) {
      this.statement = i;
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
      i = reader.skipCode(this.resume(i), false);
      if (bytes[i] !== SEMICOLON || i >= reader.end) break;
      i = reader.skipBlanks(i + 1, false);
      if (this.endsLine(i)) break;
    }
    while (inline-- > 0) blocks.closeInline();
    if (bytes[i] === HASH) i = reader.skipComment(i);
    return i;
  }

  private opener: Opener = 'plain';
  private conditionStart = -1;
  private conditionEnd = -1;
  private resumeAt = -1;

  private resume(otherwise: number): number {
    const at = this.resumeAt;
    this.resumeAt = -1;
    return at < 0 ? otherwise : at;
  }

  /**
   * Reads the statement at `start` if it starts with a word that matters. Returns the offset after the colon of a
   * block's header; -1 for all else, whose rest is to be passed over from `resumeAt`.
   */
  private keyword(start: number): number {
    const { bytes } = this.reader;
    let after = start + 1;
    while (IS_NAME[bytes[after]!] === 1) after++;
    if (after - start > 7) return -1;
    const word = this.text.toString('latin1', start, after);
    switch (word) {
      case 'import':
        this.resumeAt = this.statements.readImport(after);
        return this.endOfImport();
      case 'from':
        this.resumeAt = this.statements.readFrom(after);
        return this.endOfImport();
      case 'lazy':
        return this.lazyStatement(after);
      case 'if':
        this.blocks.startChain();
        return this.condition(after);
      case 'elif':
        return this.condition(after);
      case 'else':
        return this.header(after, this.elseOpener());
      case 'async': {
        const next = this.reader.skipBlanks(after, false);
        return next > after ? this.keyword(next) : -1;
      }
      case 'match':
        return this.matchStatement(after);
      case 'case':
        return this.blocks.opener === 'match' ? this.header(after, 'case') : -1;
      default: {
        const opener = OPENERS.get(word);
        return opener === undefined ? -1 : this.header(after, opener);
      }
    }
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
      if (
        this.endsLine(reader.skipBlanks(colon + 1, false)) ||
        !this.text.toString('latin1', after, colon).includes('lambda')
      ) {
        return colon + 1;
      }
      const next = reader.skipCode(colon + 1, true);
      if (reader.bytes[next] !== COLON || next >= reader.end) return colon + 1;
      colon = next;
    }
    this.error(colon, "expected ':'");
    this.resumeAt = colon;
    return -1;
  }

  /** `match` is a name as well: a statement is one whose line ends with its colon. */
  private matchStatement(after: number): number {
    const { reader } = this;
    const first = reader.skipBlanks(after, false);
    const byte = reader.bytes[first]!;
    if (this.endsLine(first) || byte === COLON || byte === SEMICOLON) return -1;
    const failed = this.failed;
    const colon = reader.skipCode(after, true);
    if (reader.bytes[colon] === COLON && colon < reader.end) {
      if (this.endsLine(reader.skipBlanks(colon + 1, false))) {
        this.opener = 'match';
        this.conditionStart = this.conditionEnd = -1;
        return colon + 1;
      }
    }
    this.resumeAt = failed === this.failed ? colon : reader.skipCode(colon, false);
    return -1;
  }

  /** PEP 810. `lazy` is a name wherever no import follows. */
  private lazyStatement(after: number): number {
    const { reader, names } = this;
    const next = reader.skipBlanks(after, false);
    if (next === after) return -1;
    const isImport = names.isWord(next, 'import');
    if (!isImport && !names.isWord(next, 'from')) return -1;
    const kind = this.blocks.kind();
    if (kind === kindCode('function') || kind === kindCode('class') || kind === kindCode('try')) {
      this.error(next, 'lazy imports stand at module level only');
    }
    this.lazy = true;
    this.resumeAt = isImport ? this.statements.readImport(next + 6) : this.statements.readFrom(next + 4);
    this.lazy = false;
    return this.endOfImport();
  }

  /** Nothing may follow an import but the end of its line or a `;`. */
  private endOfImport(): number {
    const at = this.resumeAt;
    if (!this.endsLine(at) && this.reader.bytes[at] !== SEMICOLON)
      this.error(at, 'unexpected text after an import');
    return -1;
  }

  private endsLine(i: number): boolean {
    const byte = this.reader.bytes[i];
    return byte === LF || byte === CR || byte === HASH;
  }

  private imported(
    form: number,
    level: number,
    module: string,
    name: string,
    at: number,
    boundAs: string | undefined,
  ): void {
    if (form === FORM_STAR && this.lazy) this.error(at, 'lazy from … import * is not allowed');
    if (level === 0) this.learn(form, module, name, boundAs);
    if (this.sink === undefined) return;
    const kind = this.blocks.kind();
    const line = this.lines.line(this.statement);
    this.sink.addImport(
      this.lazy ? stronger(kind, LAZY) : kind,
      form,
      level,
      module,
      name,
      this.lines.line(at),
      this.lines.column(at),
      line,
    );
  }

  /** Keeps what the file calls `typing.TYPE_CHECKING`, `importlib` and `import_module`. */
  private learn(form: number, module: string, name: string, boundAs: string | undefined): void {
    if (form === FORM_FROM) {
      if (name === 'TYPE_CHECKING' && TYPING.has(module)) this.typeCheckingNames.add(boundAs ?? name);
      else if (name === 'import_module' && module === 'importlib') this.calls.functions.add(boundAs ?? name);
    } else if (
      form === FORM_IMPORT &&
      (module === 'importlib' || (boundAs === undefined && module.startsWith('importlib.')))
    ) {
      this.calls.modules.add(boundAs ?? 'importlib');
    }
  }

  private watched(offset: number): number {
    const { bytes } = this.reader;
    if (offset > 0 && IS_NAME[bytes[offset - 1]!] === 1) return offset + 1;
    let after = offset + 1;
    while (IS_NAME[bytes[after]!] === 1) after++;
    if (!this.findsCalls || this.sink === undefined) return after;
    const call = this.calls.callAt(offset);
    if (call !== undefined && !this.isAttribute(offset)) {
      const sink = this.sink;
      // Reading the statement once more must not report its calls again.
      this.sink = undefined;
      const deferred = isInLambda(this.reader, this.statement, offset);
      this.sink = sink;
      const line = this.lines.line(this.statement);
      const kind = this.blocks.kind();
      sink.addImport(
        deferred ? stronger(kind, FUNCTION) : kind,
        FORM_CALL,
        call.level,
        call.module,
        '',
        this.lines.line(call.at),
        this.lines.column(call.at),
        line,
      );
    }
    return after;
  }

  private isAttribute(offset: number): boolean {
    const { bytes } = this.reader;
    let i = offset - 1;
    while (i >= 0 && (bytes[i] === SPACE || bytes[i] === TAB)) i--;
    return i >= 0 && bytes[i] === DOT;
  }

  /** Comments may be passed over more than once (two passes, look-ahead): each counts once. */
  private comment(start: number, end: number): void {
    if (!this.watchesComments || this.sink === undefined || start < this.commentedUpTo) return;
    this.commentedUpTo = end;
    const found = parseIgnoreComment(this.text.toString('utf8', start, end));
    if (found !== undefined) this.sink.addIgnoreComment(this.lines.line(start), found.reason);
  }

  private error(offset: number, message: string): void {
    if (this.failed || this.sink === undefined) return;
    this.failed = true;
    this.sink.addProblem('syntax-error', this.lines.line(offset), message);
  }
}
