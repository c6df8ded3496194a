import { SyntaxFault } from './syntax-fault.ts';
import { endOfString, isStringPrefix, scanFormatString } from './string-literal.ts';

export const NAME = 0;
export const NUMBER = 1;
export const STRING = 2;
export const OPERATOR = 3;
export const NEWLINE = 4;
export const INDENT = 5;
export const DEDENT = 6;
export const END = 7;

/** A file's tokens in columns; `texts` holds names and operators, for the others read `source` from `starts` to `ends`. */
export interface Tokens {
  readonly source: string;
  readonly kinds: number[];
  readonly starts: number[];
  readonly ends: number[];
  readonly lines: number[];
  readonly texts: string[];
}

const WORD = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const DIGITS =
  /(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*)?\.?(?:\d[\d_]*)?(?:[eE][+-]?\d[\d_]*)?)[jJ]?/y;
const SYMBOL =
  /\*\*=|\/\/=|>>=|<<=|\.\.\.|!=|->|:=|\*\*|\/\/|>>|<<|<=|>=|==|[-+*/%@&|^]=|[-+*/%@&|^~<>()[\]{},:;.=]/y;

/** Characters that begin no longer symbol. */
const ALONE: ReadonlySet<number> = new Set([...'()[]{},;~'].map((character) => character.charCodeAt(0)));

function longestSymbol(source: string, at: number): string | undefined {
  SYMBOL.lastIndex = at;
  return SYMBOL.exec(source)?.[0];
}

/** Splits Python source into tokens. `line` is the number of the source's first line; `inside` starts it within brackets. */
export function tokenise(source: string, line = 1, inside = false): Tokens {
  const kinds: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const lines: number[] = [];
  const texts: string[] = [];
  const indents = [0];
  const depthStart = inside ? 1 : 0;
  let depth = depthStart;
  let at = 0;
  const push = (kind: number, start: number, end: number, text: string) => {
    kinds.push(kind);
    starts.push(start);
    ends.push(end);
    lines.push(line);
    texts.push(text);
  };
  const length = source.length;
  let fresh = !inside;
  while (at < length) {
    if (fresh) {
      let column = 0;
      for (; at < length; at++) {
        const code = source.charCodeAt(at);
        if (code === 32) column++;
        else if (code === 9) column = (column >> 3) * 8 + 8;
        else if (code === 12) column = 0;
        else break;
      }
      const code = source.charCodeAt(at);
      if (at >= length) break;
      if (code === 35) at = endOfLine(source, at);
      if (at >= length) break;
      if (source.charCodeAt(at) === 10) {
        at++;
        line++;
        continue;
      }
      if (code === 92 && source.charCodeAt(at + 1) === 10) {
        at += 2;
        line++;
        continue;
      }
      fresh = false;
      if (column > indents.at(-1)!) {
        indents.push(column);
        push(INDENT, at, at, '');
      } else {
        while (column < indents.at(-1)!) {
          indents.pop();
          push(DEDENT, at, at, '');
        }
        if (column !== indents.at(-1))
          throw new SyntaxFault('unindent does not match any outer indentation level', line);
      }
    }
    const code = source.charCodeAt(at);
    if (code === 32 || code === 9 || code === 12) {
      at++;
    } else if (code === 10) {
      if (depth === 0) {
        push(NEWLINE, at, at, '');
        fresh = true;
      }
      at++;
      line++;
    } else if (code === 35) {
      at = endOfLine(source, at);
    } else if (code === 92) {
      if (source.charCodeAt(at + 1) !== 10)
        throw new SyntaxFault('unexpected character after line continuation character', line);
      at += 2;
      line++;
    } else if (code === 34 || code === 39) {
      string(at, at);
    } else if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code > 127) {
      const start = at;
      if (code <= 127) while (isWordCode(source.charCodeAt(at))) at++;
      if (at === start || source.charCodeAt(at) > 127) {
        WORD.lastIndex = start;
        const word = WORD.exec(source);
        if (word === null) throw new SyntaxFault(`invalid character '${source[at]!}'`, line);
        at = start + word[0].length;
      }
      const next = source.charCodeAt(at);
      if ((next === 34 || next === 39) && at - start <= 2 && isStringPrefix(source.slice(start, at)))
        string(start, at);
      else
        push(
          NAME,
          start,
          at,
          code > 127 ? source.slice(start, at).normalize('NFKC') : source.slice(start, at),
        );
    } else if ((code >= 48 && code <= 57) || (code === 46 && isDigit(source.charCodeAt(at + 1)))) {
      DIGITS.lastIndex = at;
      const end = at + DIGITS.exec(source)![0].length;
      push(NUMBER, at, end, '');
      at = end;
    } else {
      const symbol = ALONE.has(code) ? source[at] : longestSymbol(source, at);
      if (symbol === undefined) throw new SyntaxFault('invalid syntax', line);
      if (symbol === '(' || symbol === '[' || symbol === '{') depth++;
      else if (symbol === ')' || symbol === ']' || symbol === '}') {
        depth--;
        if (depth < depthStart) throw new SyntaxFault(`unmatched '${symbol}'`, line);
      }
      push(OPERATOR, at, at + symbol.length, symbol);
      at += symbol.length;
    }
  }
  if (depth > depthStart) throw new SyntaxFault('a bracket was never closed', line);
  if (!inside) {
    if (kinds.length > 0 && kinds.at(-1) !== NEWLINE) push(NEWLINE, at, at, '');
    while (indents.length > 1) {
      indents.pop();
      push(DEDENT, at, at, '');
    }
  }
  push(END, at, at, '');
  return { source, kinds, starts, ends, lines, texts };

  function string(start: number, quote: number): void {
    const end = /[fFtT]/.test(source.slice(start, quote))
      ? scanFormatString(source, quote, line).end
      : endOfString(source, quote, line);
    push(STRING, start, end, '');
    for (
      let index = source.indexOf('\n', start);
      index !== -1 && index < end;
      index = source.indexOf('\n', index + 1)
    )
      line++;
    at = end;
  }
}

function endOfLine(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  return end === -1 ? source.length : end;
}

function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || (code >= 48 && code <= 57)
  );
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
