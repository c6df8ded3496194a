import { DOT, IS_NAME, startsName } from './bytes.ts';
import type { CodeReader } from './code-reader.ts';

/** Words that cannot be imported, being no names in any Python from 3.8 on. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if ' +
    'import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

const LONGEST_RESERVED = 8;

/** Whether a name is reserved. */
export function isReserved(name: string): boolean {
  return name.length <= LONGEST_RESERVED && RESERVED.has(name);
}

/** Reads names out of the source, as text normalised like Python's identifiers. */
export class NameReader {
  private readonly reader: CodeReader;
  private text: Buffer = Buffer.alloc(0);
  /** Offset after the name that was read last. */
  after = 0;

  constructor(reader: CodeReader) {
    this.reader = reader;
  }

  /** Starts with another source. */
  reset(text: Buffer): void {
    this.text = text;
  }

  /** A name at `start`; empty where none stands there or it is reserved. */
  name(start: number): string {
    const { bytes } = this.reader;
    let i = start;
    let ascii = true;
    if (!startsName(bytes[i]!)) return '';
    while (IS_NAME[bytes[i]!] === 1) {
      if (bytes[i]! >= 0x80) ascii = false;
      i++;
    }
    this.after = i;
    const name = this.slice(start, i, ascii);
    return isReserved(name) ? '' : name;
  }

  /** A dotted name at `start`, whose dots may have blanks (`acrossLines`: line ends too) around them; empty if malformed. */
  dottedName(start: number, acrossLines: boolean): string {
    let name = this.name(start);
    if (name === '') return '';
    const { bytes } = this.reader;
    for (;;) {
      const after = this.after;
      const dot = bytes[after] === DOT ? after : this.reader.skipBlanks(after, acrossLines);
      if (bytes[dot] !== DOT) {
        this.after = after;
        return name;
      }
      const part = this.name(this.reader.skipBlanks(dot + 1, acrossLines));
      if (part === '') return '';
      name += `.${part}`;
    }
  }

  /** Whether `word` (ASCII) stands at `start` and no longer name does. */
  isWord(start: number, word: string): boolean {
    const { bytes } = this.reader;
    for (let i = 0; i < word.length; i++) {
      if (bytes[start + i] !== word.charCodeAt(i)) return false;
    }
    return IS_NAME[bytes[start + word.length]!] === 0;
  }

  private slice(start: number, end: number, ascii: boolean): string {
    if (ascii) return this.text.toString('latin1', start, end);
    return this.text.toString('utf8', start, end).normalize('NFKC');
  }
}
