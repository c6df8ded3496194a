import {
  BACKSLASH,
  BYTE_CLASS,
  CLOSE,
  CLOSE_PAREN,
  COMMA,
  DOT,
  EQUALS,
  IS_NAME,
  OPEN_PAREN,
  WATCHED,
  isQuote,
} from './bytes.ts';
import type { CodeReader } from './code-reader.ts';
import type { NameReader } from './names.ts';
import { RELATIVE_TO_MODULE } from './scan-sink.ts';

/** A call with a literal module name, at the offset of that literal. */
export interface ImportCall {
  readonly level: number;
  readonly module: string;
  readonly at: number;
}

const ASCII_DOTTED = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;
const DOTTED = /^[\p{XID_Start}_]\p{XID_Continue}*(?:\.[\p{XID_Start}_]\p{XID_Continue}*)*$/u;

/** The large expression is compiled at its first use, which most projects never come to. */
function isDotted(name: string): boolean {
  return ASCII_DOTTED.test(name) || DOTTED.test(name);
}

interface Argument {
  readonly keyword: string;
  /** Text of a string literal; undefined for any other expression. */
  readonly literal?: string | undefined;
  /** A lone name. */
  readonly name?: string | undefined;
  readonly at: number;
}

/**
 * Recognises `importlib.import_module("a")`, `import_module("a")` and `__import__("a")`, under the names that the file
 * imports them by. The argument is one string literal without escapes; `package` may be a literal, `__package__` or
 * `__name__`. `__import__` with a level is not followed.
 */
export class ImportCallReader {
  private readonly reader: CodeReader;
  private readonly names: NameReader;
  /** Names bound to the module `importlib`, and to its function `import_module`. */
  readonly modules: Set<string> = new Set();
  readonly functions: Set<string> = new Set();

  constructor(reader: CodeReader, names: NameReader) {
    this.reader = reader;
    this.names = names;
  }

  /** Byte classes under which `CodeReader` reports the first letters of all names to look at (and `l` of `lambda`). */
  classes(): Uint8Array {
    const classes = BYTE_CLASS.slice();
    for (const name of ['__import__', 'lambda', ...this.modules, ...this.functions]) {
      classes[Buffer.from(name)[0]!] = WATCHED;
    }
    return classes;
  }

  /** The import that the call at `start` makes, if a name of a watched function starts there. */
  callAt(start: number): ImportCall | undefined {
    const { reader, names } = this;
    const name = names.name(start);
    let isImport = name === '__import__';
    let after = names.after;
    if (this.modules.has(name)) {
      const dot = reader.skipBlanks(after, true);
      if (reader.bytes[dot] !== DOT) return undefined;
      if (names.name(reader.skipBlanks(dot + 1, true)) !== 'import_module') return undefined;
      after = names.after;
    } else if (isImport) {
      isImport = true;
    } else if (!this.functions.has(name)) return undefined;
    const open = reader.skipBlanks(after, false);
    if (reader.bytes[open] !== OPEN_PAREN) return undefined;
    const given = this.arguments(open + 1);
    return given === undefined ? undefined : isImport ? plainImport(given) : moduleImport(given);
  }

  /** Arguments of a call from behind its parenthesis; undefined where they are more than these forms have. */
  private arguments(start: number): Argument[] | undefined {
    const { reader } = this;
    const found: Argument[] = [];
    let i = start;
    while (found.length <= 5) {
      i = reader.skipBlanks(i, true);
      if (i >= reader.end) return undefined;
      if (reader.bytes[i] === CLOSE_PAREN) return found;
      const argument = this.argument(i);
      found.push(argument);
      i = this.skipArgument(this.names.after);
      if (reader.bytes[i] !== COMMA) return reader.bytes[i] === CLOSE_PAREN ? found : undefined;
      i++;
    }
    return undefined;
  }

  private argument(start: number): Argument {
    const { reader, names } = this;
    let at = start;
    let keyword = '';
    names.after = start;
    const name = names.name(start);
    if (name !== '' && !isQuote(reader.bytes[names.after]!)) {
      const equals = reader.skipBlanks(names.after, true);
      if (reader.bytes[equals] !== EQUALS || reader.bytes[equals + 1] === EQUALS) {
        return this.endsAt(names.after) ? { keyword, name, at } : { keyword, at };
      }
      keyword = name;
      at = reader.skipBlanks(equals + 1, true);
      names.after = at;
      const value = names.name(at);
      if (value !== '' && !isQuote(reader.bytes[names.after]!)) {
        return this.endsAt(names.after) ? { keyword, name: value, at } : { keyword, at };
      }
    }
    names.after = at;
    return { keyword, literal: this.literal(at), at };
  }

  /** A string literal that is the whole argument. */
  private literal(start: number): string | undefined {
    const { reader, names } = this;
    const { bytes } = reader;
    let open = start;
    while (IS_NAME[bytes[open]!] === 1 && open - start < 2) open++;
    if (!isQuote(bytes[open]!)) return undefined;
    const prefix = Buffer.from(bytes.subarray(start, open)).toString('latin1').toLowerCase();
    if (prefix !== '' && prefix !== 'r' && prefix !== 'u') return undefined;
    const end = reader.skipString(open);
    names.after = end;
    if (!this.endsAt(end)) return undefined;
    const width =
      bytes[open + 1] === bytes[open] && bytes[open + 2] === bytes[open] && end - open >= 6 ? 3 : 1;
    const inside = Buffer.from(bytes.subarray(open + width, end - width));
    return inside.includes(BACKSLASH) ? undefined : inside.toString();
  }

  private endsAt(i: number): boolean {
    const byte = this.reader.bytes[this.reader.skipBlanks(i, true)];
    return byte === COMMA || byte === CLOSE_PAREN;
  }

  /** The offset of the `,` or bracket that ends an argument. */
  private skipArgument(start: number): number {
    const { reader } = this;
    const { bytes, end } = reader;
    let depth = 0;
    let i = start;
    while (i < end) {
      const byte = bytes[i]!;
      if (isQuote(byte)) i = reader.skipString(i);
      else if (byte === 0x23) i = reader.skipComment(i);
      else if (byte === COMMA && depth === 0) return i;
      else if (BYTE_CLASS[byte] === CLOSE) {
        if (depth === 0) return i;
        depth--;
        i++;
      } else {
        if (byte === OPEN_PAREN || byte === 0x5b || byte === 0x7b) depth++;
        i++;
      }
    }
    return end;
  }
}

function argumentOf(given: readonly Argument[], position: number, keyword: string): Argument | undefined {
  const positional = given[position];
  if (positional?.keyword === '') return positional;
  return given.find((argument) => argument.keyword === keyword);
}

function plainImport(given: readonly Argument[]): ImportCall | undefined {
  if (given.some((argument) => argument.keyword === 'level') || given.length > 4) return undefined;
  const name = argumentOf(given, 0, 'name');
  if (name?.literal === undefined || !isDotted(name.literal)) return undefined;
  return { level: 0, module: name.literal, at: name.at };
}

function moduleImport(given: readonly Argument[]): ImportCall | undefined {
  const name = argumentOf(given, 0, 'name');
  if (name?.literal === undefined || given.length > 2) return undefined;
  const module = name.literal.replace(/^\.+/, '');
  const level = name.literal.length - module.length;
  if (!isDotted(module)) return undefined;
  const { at } = name;
  if (level === 0) return { level, module, at };
  const anchor = argumentOf(given, 1, 'package');
  if (anchor?.name === '__package__') return { level, module, at };
  if (anchor?.name === '__name__') return { level: level | RELATIVE_TO_MODULE, module, at };
  if (anchor?.literal === undefined || !isDotted(anchor.literal)) return undefined;
  const parents = anchor.literal.split('.');
  if (level > parents.length) return undefined;
  return { level: 0, module: [...parents.slice(0, parents.length - level + 1), module].join('.'), at };
}
