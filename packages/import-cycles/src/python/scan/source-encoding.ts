import { isUtf8 } from 'node:buffer';

/** A source as UTF-8 text, or why it is none. */
export interface DecodedSource {
  /** UTF-8; the given buffer itself where it was that already. */
  readonly text: Buffer;
  /** Bytes of `text` in use. */
  readonly length: number;
  /** Offset of the first byte after a byte order mark. */
  readonly first: number;
  /** Set where CPython could not decode the source; the text is then as good as can be. */
  readonly problem?: { readonly line: number; readonly message: string };
}

/** PEP 263. */
const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const NO_CODE = /^[ \t\f]*(?:#|$)/;

/** Python's names of encodings (normalised) that hold ASCII as it is, and what `TextDecoder` calls them. */
const DECODERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    big5: 'big5',
    'big5-tw': 'big5',
    'big5-hkscs': 'big5',
    cp932: 'shift_jis',
    cp949: 'euc-kr',
    'euc-jp': 'euc-jp',
    eucjp: 'euc-jp',
    ujis: 'euc-jp',
    'euc-kr': 'euc-kr',
    euckr: 'euc-kr',
    gb2312: 'gbk',
    gbk: 'gbk',
    cp936: 'gbk',
    gb18030: 'gb18030',
    'koi8-r': 'koi8-r',
    'koi8-u': 'koi8-u',
    'mac-roman': 'macintosh',
    macroman: 'macintosh',
    'mac-cyrillic': 'x-mac-cyrillic',
    ms932: 'shift_jis',
    mskanji: 'shift_jis',
    'ms-kanji': 'shift_jis',
    'shift-jis': 'shift_jis',
    shiftjis: 'shift_jis',
    sjis: 'shift_jis',
    's-jis': 'shift_jis',
    'tis-620': 'windows-874',
    cp866: 'ibm866',
    uhc: 'euc-kr',
  }),
);

/** Encodings of one byte a character that Python knows and `TextDecoder` does not: read as Latin-1, which keeps columns. */
const OTHER_SINGLE_BYTE =
  /^(?:(?:cp|ibm)(?:037|437|720|737|775|85[02568]|86\d|869|1006)|hp-roman8|palmos|ptcp154|koi8-t|kz1048|mac-(?:arabic|centeuro|croatian|farsi|greek|iceland|latin2|romanian|turkish)|iso-?8859-?11|us-ascii-?8bit)$/;

/**
 * Decodes a source as PEP 263 says. The encodings of more than a byte that `TextDecoder` does not know (EUC-JIS-2004 and
 * the like) count as unknown.
 *
 * @param bytes the source stands in its first `length` bytes
 */
export function decodeSource(bytes: Buffer, length: number): DecodedSource {
  const source = bytes.subarray(0, length);
  const first = length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const cookie = findCookie(source, first);
  if (cookie === undefined) {
    if (isUtf8(source)) return { text: bytes, length, first };
    return undecodable(source, first, 'invalid UTF-8');
  }
  const name = cookie.name.toLowerCase().replaceAll('_', '-');
  if (isNamedUtf8(name) && (first === 0 || name.startsWith('utf-8'))) {
    if (isUtf8(source)) return { text: bytes, length, first };
    return undecodable(source, first, 'invalid UTF-8');
  }
  if (first > 0) {
    const message = `encoding ${cookie.name} beside a UTF-8 byte order mark, which allows utf-8 only`;
    return { text: bytes, length, first, problem: { line: cookie.line, message } };
  }
  if (name === 'ascii' || name === 'us-ascii' || name === '646') {
    if (!source.some((byte) => byte >= 0x80)) return { text: bytes, length, first };
    return undecodable(source, first, 'not ASCII, which its encoding cookie names');
  }
  const decoded = decodeAs(name, source);
  if (decoded !== undefined) {
    const text = Buffer.from(decoded);
    return { text, length: text.length, first };
  }
  const problem = { line: cookie.line, message: `unknown encoding ${cookie.name}` };
  return { text: bytes, length, first, problem };
}

function decodeAs(name: string, source: Buffer): string | undefined {
  if (/^(?:iso-?8859-?1|iso8859|8859|latin-?1|latin|l1|cp819|iso-latin-1|iso-ir-100)(?:-.*)?$/.test(name)) {
    return source.toString('latin1');
  }
  const part = /^(?:iso-?8859-?|latin-?)(\d+)$/.exec(name);
  const windows = /^(?:windows-?|cp)(125[0-8]|874)$/.exec(name);
  let label = DECODERS.get(name);
  if (part !== null && name.startsWith('iso')) label = `iso-8859-${part[1]}`;
  else if (part !== null) label = `latin${part[1]}`;
  else if (windows !== null) label = `windows-${windows[1]}`;
  if (label !== undefined) {
    try {
      return new TextDecoder(label).decode(source);
    } catch {
      return source.toString('latin1');
    }
  }
  return OTHER_SINGLE_BYTE.test(name) ? source.toString('latin1') : undefined;
}

function isNamedUtf8(name: string): boolean {
  return (
    name === 'utf-8' || name === 'utf8' || name === 'u8' || name.startsWith('utf-8-') || name === 'cp65001'
  );
}

/** In the first line, or in the second where the first holds no code. */
function findCookie(
  source: Buffer,
  first: number,
): { readonly name: string; readonly line: number } | undefined {
  let start = first;
  for (let line = 1; line <= 2; line++) {
    let end = start;
    while (end < source.length && source[end] !== 0x0a && source[end] !== 0x0d) end++;
    // Most files have no comment there: nothing is decoded for them.
    const hash = source.subarray(start, end).indexOf(0x23);
    const text = hash < 0 && !isBlank(source, start, end) ? undefined : source.toString('latin1', start, end);
    if (text === undefined || !NO_CODE.test(text)) return undefined;
    const name = COOKIE.exec(text)?.[1];
    if (name !== undefined) return { name, line };
    start = end + (source[end] === 0x0d && source[end + 1] === 0x0a ? 2 : 1);
  }
  return undefined;
}

function isBlank(source: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = source[i];
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0c) return false;
  }
  return true;
}

/** Replaces what cannot be decoded, and says in which line it stands. */
function undecodable(source: Buffer, first: number, message: string): DecodedSource {
  let line = 1;
  let start = 0;
  for (;;) {
    const end = source.indexOf(0x0a, start);
    if (!isUtf8(source.subarray(start, end < 0 ? source.length : end)) || end < 0) break;
    start = end + 1;
    line++;
  }
  return { text: source, length: source.length, first, problem: { line, message } };
}
