/** ASCII codes that the scanner names. */
export const TAB = 0x09;
export const LF = 0x0a;
export const FF = 0x0c;
export const CR = 0x0d;
export const SPACE = 0x20;
export const DOUBLE_QUOTE = 0x22;
export const HASH = 0x23;
export const SINGLE_QUOTE = 0x27;
export const OPEN_PAREN = 0x28;
export const CLOSE_PAREN = 0x29;
export const STAR = 0x2a;
export const COMMA = 0x2c;
export const DOT = 0x2e;
export const COLON = 0x3a;
export const SEMICOLON = 0x3b;
export const EQUALS = 0x3d;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const UNDERSCORE = 0x5f;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
export const BANG = 0x21;

/** Why the scanner has to look at a byte; `PLAIN` bytes are passed over. */
export const PLAIN = 0;
export const NEWLINE = 1;
export const COMMENT = 2;
export const QUOTE = 3;
export const CONTINUATION = 4;
export const OPEN = 5;
export const CLOSE = 6;
export const SEPARATOR = 7;
export const COLON_CLASS = 8;
export const INVALID = 9;
/** A letter with which a name starts that the scanner watches for (only where a file may hold literal import calls). */
export const WATCHED = 10;

/** Part of a character outside ASCII: a name, or nothing that Python knows. */
export const BEYOND_ASCII = 11;

/** The class of each byte in code. */
export const BYTE_CLASS: Uint8Array = new Uint8Array(256);
BYTE_CLASS[LF] = BYTE_CLASS[CR] = NEWLINE;
BYTE_CLASS[HASH] = COMMENT;
BYTE_CLASS[SINGLE_QUOTE] = BYTE_CLASS[DOUBLE_QUOTE] = QUOTE;
BYTE_CLASS[BACKSLASH] = CONTINUATION;
BYTE_CLASS[OPEN_PAREN] = BYTE_CLASS[OPEN_BRACKET] = BYTE_CLASS[OPEN_BRACE] = OPEN;
BYTE_CLASS[CLOSE_PAREN] = BYTE_CLASS[CLOSE_BRACKET] = BYTE_CLASS[CLOSE_BRACE] = CLOSE;
BYTE_CLASS[SEMICOLON] = SEPARATOR;
BYTE_CLASS[COLON] = COLON_CLASS;
// `$`, `?` and the backquote mean nothing in Python 3; `!` only before `=` (and in f-strings, which are read apart).
BYTE_CLASS[0x24] = BYTE_CLASS[0x3f] = BYTE_CLASS[0x60] = BYTE_CLASS[BANG] = INVALID;

BYTE_CLASS.fill(BEYOND_ASCII, 0x80);

/** 1 for bytes that can stand in a name: ASCII letters, digits, `_`, and every byte of a non-ASCII character. */
export const IS_NAME: Uint8Array = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const letter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
  const digit = byte >= 0x30 && byte <= 0x39;
  IS_NAME[byte] = letter || digit || byte === UNDERSCORE || byte >= 0x80 ? 1 : 0;
}

/** Whether a byte can start a name. */
export function startsName(byte: number): boolean {
  return IS_NAME[byte] === 1 && !(byte >= 0x30 && byte <= 0x39);
}

/** Whether the byte is one of the two quotes. */
export function isQuote(byte: number): boolean {
  return byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE;
}
