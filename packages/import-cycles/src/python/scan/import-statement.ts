import { CLOSE_PAREN, COMMA, DOT, OPEN_PAREN, STAR } from './bytes.ts';
import type { CodeReader } from './code-reader.ts';
import { NameReader } from './names.ts';
import { FORM_FROM, FORM_IMPORT, FORM_STAR } from './scan-sink.ts';

/** Takes the parts of an import statement. */
export interface StatementSink {
  /** @param at offset of the imported name; @param boundAs the name it gets, undefined where the statement gives none */
  imported(
    form: number,
    level: number,
    module: string,
    name: string,
    at: number,
    boundAs: string | undefined,
  ): void;
  error(offset: number, message: string): void;
}

/** Reads `import …` and `from … import …`. */
export class ImportStatementReader {
  private readonly reader: CodeReader;
  private readonly names: NameReader;
  private readonly sink: StatementSink;

  constructor(reader: CodeReader, names: NameReader, sink: StatementSink) {
    this.reader = reader;
    this.names = names;
    this.sink = sink;
  }

  /** From the offset after the word `import`. Returns the offset behind what it could read. */
  readImport(start: number): number {
    const { reader, names, sink } = this;
    let i = start;
    for (;;) {
      const at = reader.skipBlanks(i, false);
      const module = names.dottedName(at, false);
      if (module === '') return this.malformed(at, 'expected the name of a module after import');
      const boundAs = this.alias(names.after, false);
      if (boundAs === null) return this.malformed(at, 'expected a name after as');
      sink.imported(FORM_IMPORT, 0, module, '', at, boundAs);
      i = reader.skipBlanks(names.after, false);
      if (reader.bytes[i] !== COMMA) return i;
      i++;
    }
  }

  /** From the offset after the word `from`. Returns the offset behind what it could read. */
  readFrom(start: number): number {
    const { reader, names, sink } = this;
    let i = reader.skipBlanks(start, false);
    let level = 0;
    while (reader.bytes[i] === DOT) {
      level++;
      i = reader.skipBlanks(i + 1, false);
    }
    let module = '';
    if (level === 0 || !names.isWord(i, 'import')) {
      module = names.dottedName(i, false);
      if (module === '') return this.malformed(i, 'expected the name of a module after from');
      i = reader.skipBlanks(names.after, false);
    }
    if (!names.isWord(i, 'import')) return this.malformed(i, 'expected import after from and a module');
    i = reader.skipBlanks(i + 6, false);
    if (reader.bytes[i] === STAR) {
      sink.imported(FORM_STAR, level, module, '', i, undefined);
      return reader.skipBlanks(i + 1, false);
    }
    const inBrackets = reader.bytes[i] === OPEN_PAREN;
    return this.readNames(inBrackets ? i + 1 : i, level, module, inBrackets);
  }

  private readNames(start: number, level: number, module: string, inBrackets: boolean): number {
    const { reader, names, sink } = this;
    let i = start;
    for (let count = 0; ; count++) {
      i = reader.skipBlanks(i, inBrackets);
      if (inBrackets && count > 0 && reader.bytes[i] === CLOSE_PAREN) {
        return reader.skipBlanks(i + 1, false);
      }
      const name = names.name(i);
      if (name === '')
        return this.malformed(i, `expected a name to import from ${'.'.repeat(level)}${module}`);
      const boundAs = this.alias(names.after, inBrackets);
      if (boundAs === null) return this.malformed(i, 'expected a name after as');
      sink.imported(FORM_FROM, level, module, name, i, boundAs);
      i = reader.skipBlanks(names.after, inBrackets);
      if (reader.bytes[i] === COMMA) i++;
      else if (!inBrackets) return i;
      else if (reader.bytes[i] === CLOSE_PAREN) return reader.skipBlanks(i + 1, false);
      else return this.malformed(i, 'expected , or ) in the list of imported names');
    }
  }

  /** The name after `as`; undefined where there is no `as`, null where no name follows it. */
  private alias(start: number, acrossLines: boolean): string | undefined | null {
    const { reader, names } = this;
    const after = names.after;
    const i = reader.skipBlanks(start, acrossLines);
    if (!names.isWord(i, 'as')) {
      names.after = after;
      return undefined;
    }
    const name = names.name(reader.skipBlanks(i + 2, acrossLines));
    return name === '' ? null : name;
  }

  private malformed(offset: number, message: string): number {
    this.sink.error(offset, message);
    return offset;
  }
}
