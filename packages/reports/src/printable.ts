/**
 * What could move a cursor, hide text or fake a line when a terminal or a log viewer shows it: control characters, marks
 * that turn the direction of text, lone surrogates.
 */
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Cs}/gu;

/**
 * Makes a name or message from outside safe to print on one line: `\n` and `\t` in their short forms, all else by its
 * number. Letters of every script stay.
 */
export function printable(text: string): string {
  return text.replace(UNSAFE, escape);
}

/** The same for text of several lines: line ends stay. */
export function printableLines(text: string): readonly string[] {
  return text.split(/\r?\n/).map(printable);
}

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  return (
    SHORT[character] ?? (code <= 0xff ? `\\x${digits.padStart(2, '0')}` : `\\u${digits.padStart(4, '0')}`)
  );
}
