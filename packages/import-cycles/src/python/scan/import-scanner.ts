import { IGNORE_MARKER, parseIgnoreComment } from '../../model/ignore-comment.ts';
import { BlockStack } from './block-stack.ts';
import { BYTE_CLASS, DOT, IS_NAME, SPACE, TAB } from './bytes.ts';
import { AFTER_SOURCE, CodeReader } from './code-reader.ts';
import { ImportCallReader } from './import-calls.ts';
import { ImportStatementReader } from './import-statement.ts';
import { endOfName } from './keywords.ts';
import { kindCode, stronger } from './kind-strength.ts';
import { isInLambda } from './lambda-bodies.ts';
import { LineCounter } from './line-counter.ts';
import { LogicalLines } from './logical-lines.ts';
import { NameReader } from './names.ts';
import { FORM_CALL, FORM_FROM, FORM_IMPORT, FORM_STAR } from './scan-sink.ts';
import type { ScanSink } from './scan-sink.ts';
import { decodeSource } from './source-encoding.ts';

const LAZY = kindCode('lazy');
const FUNCTION = kindCode('function');
/** Surroundings in which PEP 810 forbids `lazy`. */
const NEVER_LAZY = new Set([FUNCTION, kindCode('class'), kindCode('try')]);
const TYPING = new Set(['typing', 'typing_extensions']);

const IMPORT_FUNCTION = Buffer.from('__import__');
const IGNORE_BYTES = Buffer.from(IGNORE_MARKER);

/**
 * Finds the imports of Python sources (3.8 to 3.15) without parsing them: follows lines, indentation, strings and
 * brackets, and reads import statements, literal import calls and the conditions above them. Keeps its buffers from
 * file to file. Reports the first syntax error of a file among those it can see, and reads on.
 */
export class ImportScanner {
  private readonly reader: CodeReader;
  private readonly names: NameReader;
  private readonly lineCounter = new LineCounter();
  private readonly blocks: BlockStack;
  private readonly lines: LogicalLines;
  private readonly calls: ImportCallReader;
  private readonly typeCheckingNames = new Set<string>();
  private text: Buffer = Buffer.alloc(1);
  private sink: ScanSink | undefined;
  /** Few files are read a second time, for literal calls; not even for those while a statement is looked at once more. */
  private pass: 'statements' | 'calls' | 'none' = 'none';
  private lazy = false;
  private failed = false;
  private commentedUpTo = 0;

  constructor() {
    const error = (offset: number, message: string): void => this.error(offset, message);
    this.reader = new CodeReader({
      error,
      comment: (start, end) => this.comment(start, end),
      watched: (offset) => this.watched(offset),
    });
    this.names = new NameReader(this.reader);
    this.calls = new ImportCallReader(this.reader, this.names);
    this.blocks = new BlockStack({
      text: (start, end) => this.text.toString('latin1', start, end),
      typeCheckingNames: this.typeCheckingNames,
    });
    const statements = new ImportStatementReader(this.reader, this.names, {
      imported: (form, level, module, name, at, boundAs) =>
        this.imported(form, level, module, name, at, boundAs),
      error,
    });
    this.lines = new LogicalLines(this.reader, this.names, this.blocks, {
      readImport: (after, lazy) => {
        this.startImport(after, lazy);
        return statements.readImport(after);
      },
      readFrom: (after, lazy) => {
        this.startImport(after, lazy);
        return statements.readFrom(after);
      },
      error,
    });
  }

  /**
   * Scans the source in the first `length` bytes of `bytes`. What follows is overwritten where there is room enough
   * (`AFTER_SOURCE.length`); else the source is copied.
   */
  scan(bytes: Buffer, length: number, sink: ScanSink): void {
    const source = decodeSource(bytes, length);
    const { first } = source;
    this.failed = source.problem !== undefined;
    if (source.problem !== undefined)
      sink.addProblem('undecodable', source.problem.line, source.problem.message);
    this.sink = sink;
    this.open(source.text, source.length, first);
    const used = this.text.subarray(0, source.length);
    const nul = used.indexOf(0);
    if (nul >= 0) this.error(nul, 'null bytes');
    this.reader.watchesComments = used.includes(IGNORE_BYTES);
    this.reader.classes = BYTE_CLASS;
    this.pass = 'statements';
    this.lines.read(first);
    if (this.calls.modules.size + this.calls.functions.size > 0 || used.includes(IMPORT_FUNCTION)) {
      // By now it is known what the file calls `importlib` and `import_module`.
      this.reader.watchesComments = false;
      this.reader.classes = this.calls.classes();
      this.pass = 'calls';
      this.lines.read(first);
    }
    this.sink = undefined;
  }

  private open(text: Buffer, length: number, first: number): void {
    this.text = text;
    if (length + AFTER_SOURCE.length > text.length) {
      this.text = Buffer.allocUnsafe(length + AFTER_SOURCE.length);
      text.copy(this.text, 0, 0, length);
    }
    this.text.set(AFTER_SOURCE, length);
    this.reader.bytes = this.text;
    this.reader.end = length;
    this.names.reset(this.text);
    this.lineCounter.reset(this.text, first);
    this.commentedUpTo = 0;
    this.typeCheckingNames.clear();
    this.calls.modules.clear();
    this.calls.functions.clear();
  }

  private startImport(after: number, lazy: boolean): void {
    this.lazy = lazy;
    if (lazy && NEVER_LAZY.has(this.blocks.kind()))
      this.error(after, 'lazy imports stand at module level only');
  }

  private imported(
    form: number,
    level: number,
    module: string,
    name: string,
    at: number,
    boundAs: string | undefined,
  ): void {
    if (this.pass !== 'statements') return;
    if (form === FORM_STAR && this.lazy) this.error(at, 'lazy from … import * is not allowed');
    if (level === 0) this.learn(form, module, name, boundAs);
    const kind = this.blocks.kind();
    this.emit(this.lazy ? stronger(kind, LAZY) : kind, form, level, module, name, at);
  }

  /** Keeps what the file calls `typing.TYPE_CHECKING`, `importlib` and `import_module`. */
  private learn(form: number, module: string, name: string, boundAs: string | undefined): void {
    if (form === FORM_FROM) {
      if (name === 'TYPE_CHECKING' && TYPING.has(module)) this.typeCheckingNames.add(boundAs ?? name);
      else if (name === 'import_module' && module === 'importlib') this.calls.functions.add(boundAs ?? name);
    } else if (form === FORM_IMPORT && module.startsWith('importlib')) {
      // `import importlib.util` binds `importlib`, `import importlib.util as u` does not.
      if (module === 'importlib') this.calls.modules.add(boundAs ?? module);
      else if (module[9] === '.' && boundAs === undefined) this.calls.modules.add('importlib');
    }
  }

  /** The first letter of a name that may call an import. */
  private watched(offset: number): number {
    const { bytes } = this.reader;
    if (offset > 0 && IS_NAME[bytes[offset - 1]!] === 1) return offset + 1;
    const after = endOfName(bytes, offset);
    if (this.pass !== 'calls') return after;
    const call = this.calls.callAt(offset);
    if (call === undefined || this.isAttribute(offset)) return after;
    // The statement is read once more, which must not report its calls again.
    this.pass = 'none';
    const deferred = isInLambda(this.reader, this.lines.statement, offset);
    this.pass = 'calls';
    const kind = this.blocks.kind();
    this.emit(deferred ? stronger(kind, FUNCTION) : kind, FORM_CALL, call.level, call.module, '', call.at);
    return after;
  }

  private isAttribute(offset: number): boolean {
    const { bytes } = this.reader;
    let i = offset - 1;
    while (i >= 0 && (bytes[i] === SPACE || bytes[i] === TAB)) i--;
    return i >= 0 && bytes[i] === DOT;
  }

  private emit(kind: number, form: number, level: number, module: string, name: string, at: number): void {
    const { lineCounter } = this;
    const statementLine = lineCounter.line(this.lines.statement);
    this.sink?.addImport(
      kind,
      form,
      level,
      module,
      name,
      lineCounter.line(at),
      lineCounter.column(at),
      statementLine,
    );
  }

  /** Comments may be passed over more than once, by a look ahead: each counts once. */
  private comment(start: number, end: number): void {
    if (start < this.commentedUpTo) return;
    this.commentedUpTo = end;
    const found = parseIgnoreComment(this.text.toString('utf8', start, end));
    if (found !== undefined)
      this.sink?.addIgnoreComment(this.lineCounter.line(start), found.reason, found.unknownRule);
  }

  private error(offset: number, message: string): void {
    if (this.failed) return;
    this.failed = true;
    this.sink?.addProblem('syntax-error', this.lineCounter.line(offset), message);
  }
}
