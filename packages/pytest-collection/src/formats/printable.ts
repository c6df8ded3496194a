/**
 * Control characters, halves of characters (which no encoding can write), and the format characters that reorder or hide
 * text: what a file name or a message may hold and a terminal or a log must not be given.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text on one line that does nothing to a terminal: control characters as `\n`, `\x1b`, `\u202e`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const code = character.codePointAt(0)!;
    return (
      SHORT[character] ??
      (code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`)
    );
  });
}

/** The lines of a text such as a traceback, each {@link printable}, tabs as spaces; none where it is empty. */
export function printableLines(text: string): string[] {
  const lines = text.replace(/\s+$/, '').split(/\r?\n/);
  return lines.length === 1 && lines[0] === ''
    ? []
    : lines.map((line) => printable(line.replaceAll('\t', '    ')));
}
