import { SyntaxFault } from '../syntax/syntax-fault.ts';

const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;

/** Decodes a Python file as PEP 263 says: a BOM, a cookie in one of the first two lines, or else UTF-8. */
export function decodeSource(bytes: Uint8Array): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 400)).split(/\r\n?|\n/, 2);
  const first = COOKIE.exec(head[0] ?? '');
  const cookie = first ?? (/^[ \t\f]*(?:#.*)?$/.test(head[0] ?? '') ? COOKIE.exec(head[1] ?? '') : null);
  const name = cookie?.[1]?.toLowerCase().replaceAll('_', '-') ?? 'utf-8';
  const encoding = /^(?:utf-?8|utf8)(?:-|$)/.test(name)
    ? 'utf-8'
    : name.replace(/^(?:latin-?1|iso-?8859-?1|l1)$/, 'latin1');
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    if (cause instanceof RangeError) return new TextDecoder('latin1').decode(bytes);
    throw new SyntaxFault(`(unicode error) '${encoding}' codec can't decode the file`, 1);
  }
}
