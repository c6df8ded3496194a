import { SyntaxFault } from './syntax-fault.ts';

const PREFIX = /^(?:[rRbBuUfFtT]|[rR][bBfFtT]|[bBfFtT][rR])$/;

/** Whether letters straight before a quote make a string prefix. */
export function isStringPrefix(letters: string): boolean {
  return PREFIX.test(letters);
}

/** Where a plain string whose quote stands at `quote` ends (exclusive). */
export function endOfString(source: string, quote: number, line: number): number {
  const mark = source[quote]!;
  const triple = source.startsWith(mark.repeat(3), quote);
  let at = quote + (triple ? 3 : 1);
  for (; at < source.length; at++) {
    const character = source[at]!;
    if (character === '\\') at++;
    else if (character === mark && (!triple || source.startsWith(mark.repeat(3), at)))
      return at + (triple ? 3 : 1);
    else if (character === '\n' && !triple) break;
  }
  throw new SyntaxFault('unterminated string literal', line);
}

/** A replacement field of an f-string: its expression's range, and the fields of its format. */
export interface Field {
  readonly start: number;
  readonly end: number;
}

/** A scanned f-string. */
export interface FormatLiteral {
  readonly end: number;
  readonly parts: readonly (string | Field)[];
  /** It uses its own quotes inside a field, or a backslash there: syntax since 3.12. */
  readonly nested: boolean;
}

/** Scans an f-string whose quote stands at `quote`. */
export function scanFormatString(source: string, quote: number, line: number): FormatLiteral {
  const mark = source[quote]!;
  const triple = source.startsWith(mark.repeat(3), quote);
  const close = triple ? mark.repeat(3) : mark;
  const parts: (string | Field)[] = [];
  let nested = false;
  let at = quote + close.length;
  let literal = at;
  const fault = (): never => {
    throw new SyntaxFault('unterminated f-string literal', line);
  };
  const flush = (end: number) => {
    if (end > literal) parts.push(source.slice(literal, end).replaceAll('{{', '{').replaceAll('}}', '}'));
  };
  /** From behind `{` to behind the matching `}`. */
  const field = (): void => {
    const start = at;
    let depth = 0;
    for (; at < source.length; at++) {
      const character = source[at]!;
      if (character === '"' || character === "'") {
        if (source.startsWith(close, at)) nested = true;
        at = endOfNested(source, at, line) - 1;
      } else if (character === '#') {
        nested = true;
        at = source.indexOf('\n', at);
        if (at === -1) fault();
      } else if (character === '\\') nested = true;
      else if ('([{'.includes(character)) depth++;
      else if (depth > 0 && ')]}'.includes(character)) depth--;
      else if (depth === 0 && character === '}') {
        parts.push({ start, end: trimSelfDocumenting(source, start, at) });
        at++;
        return;
      } else if (depth === 0 && character === '!' && source[at + 1] !== '=') {
        parts.push({ start, end: trimSelfDocumenting(source, start, at) });
        at++;
        while (at < source.length && source[at] !== ':' && source[at] !== '}') at++;
        if (source[at] === '}') at++;
        else format();
        return;
      } else if (depth === 0 && character === ':') {
        parts.push({ start, end: trimSelfDocumenting(source, start, at) });
        format();
        return;
      }
    }
    fault();
  };
  /** From `:` to behind the `}` that ends the field. */
  const format = (): void => {
    at++;
    while (at < source.length) {
      if (source[at] === '{') {
        at++;
        field();
      } else if (source[at] === '}') {
        at++;
        return;
      } else if (source[at] === '\n' && !triple) fault();
      else at++;
    }
    fault();
  };
  const raw = /[rR]/.test(source.slice(Math.max(0, quote - 2), quote));
  while (at < source.length) {
    const character = source[at]!;
    if (character === '\\') {
      if (source[at + 1] === 'N' && source[at + 2] === '{' && !raw)
        at = source.indexOf('}', at) + 1 || fault();
      else at += raw && (source[at + 1] === '{' || source[at + 1] === '}') ? 1 : 2;
    } else if (source.startsWith(close, at)) {
      flush(at);
      return { end: at + close.length, parts, nested };
    } else if (character === '{' && source[at + 1] === '{') at += 2;
    else if (character === '{') {
      flush(at);
      at++;
      field();
      literal = at;
    } else if (character === '\n' && !triple) fault();
    else at++;
  }
  return fault();
}

function endOfNested(source: string, quote: number, line: number): number {
  const before = source.slice(Math.max(0, quote - 2), quote);
  return /[fFtT][rR]?$/.test(before)
    ? scanFormatString(source, quote, line).end
    : endOfString(source, quote, line);
}

/** `{x = }` and `{x=}`: the sign is not part of the expression. */
function trimSelfDocumenting(source: string, start: number, end: number): number {
  const found = /(?<![=!<>])=\s*$/.exec(source.slice(start, end));
  return found === null ? end : start + found.index;
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};

/** The text that a string literal's content stands for. */
export function unescapeString(content: string, raw: boolean): string {
  if (raw || !content.includes('\\')) return content;
  return content.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([^]))/g,
    (all, x: string, u: string, U: string, octal: string, other: string) => {
      const hex = x ?? u ?? U;
      if (hex !== undefined) {
        const code = Number.parseInt(hex, 16);
        return code <= 0x10ffff ? String.fromCodePoint(code) : all;
      }
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      return ESCAPES[other] ?? all;
    },
  );
}
