import type { ConstantValue, Expression } from './nodes.ts';
import { scanFormatString, unescapeString } from './string-literal.ts';

/** The value of a number; what JavaScript cannot hold exactly stays opaque. */
export function parseNumber(text: string): ConstantValue {
  const plain = text.replaceAll('_', '');
  const value = /[jJ]$/.test(plain) ? Number.NaN : Number(plain);
  return Number.isFinite(value) && (Number.isSafeInteger(value) || /[.eE]/.test(plain))
    ? value
    : { opaque: 'number' };
}

/** The value of a string literal that is no f-string; `prefix` in lower case. */
export function parsePlainString(text: string, prefix: string): string {
  const quotes = /^(?:"""|''')/.test(text.slice(prefix.length)) ? 3 : 1;
  return unescapeString(text.slice(prefix.length + quotes, text.length - quotes), prefix.includes('r'));
}

/** An f-string's literal text and its expressions, which `parse` turns from source (with its first line) into syntax. */
export function parseFormatString(
  text: string,
  line: number,
  parse: (code: string, line: number) => Expression,
): { pieces: (string | Expression)[]; nested: boolean } {
  const quote = text.search(/["']/);
  const { parts, nested } = scanFormatString(text, quote, line);
  const raw = /r/i.test(text.slice(0, quote));
  const pieces = parts.map((part) => {
    if (typeof part === 'string') return unescapeString(part, raw);
    const first = line + (text.slice(0, part.start).match(/\n/g)?.length ?? 0);
    return parse(text.slice(part.start, part.end), first);
  });
  return { pieces, nested };
}
