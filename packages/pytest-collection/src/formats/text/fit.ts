import stringWidth from 'string-width';

/** Cuts a text to a number of columns, with an ellipsis where something is missing: the end, or of a path the beginning. */
export function cut(text: string, columns: number, missing: 'start' | 'end' = 'end'): string {
  if (stringWidth(text) <= columns) return text;
  const letters = [...new Intl.Segmenter('en').segment(text)].map(({ segment }) => segment);
  if (missing === 'start') letters.reverse();
  const kept: string[] = [];
  let width = 1;
  for (const letter of letters) {
    width += stringWidth(letter);
    if (width > columns) break;
    kept.push(letter);
  }
  return missing === 'start' ? `…${kept.reverse().join('')}` : `${kept.join('')}…`;
}

/** Fills a text with spaces to a number of columns, at its end or (of a figure) before it. */
export function padded(text: string, columns: number, side: 'left' | 'right' = 'left'): string {
  const room = ' '.repeat(Math.max(0, columns - stringWidth(text)));
  return side === 'left' ? text + room : room + text;
}

/** Breaks a text between words into lines of at most so many columns; a longer word is broken where it must be. */
export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && stringWidth(line) + 1 + stringWidth(word) <= columns) {
      line += ` ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (stringWidth(line) > columns) {
      const head = cut(line, columns + 1).slice(0, -1);
      if (head === '') break;
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  return [...lines, line];
}

/** A paragraph: its first line after `first`, the others below it. */
export function paragraph(first: string, text: string, columns: number): string[] {
  const indent = stringWidth(first);
  return wrapped(text, Math.max(16, columns - indent)).map(
    (line, at) => (at === 0 ? first : ' '.repeat(indent)) + line,
  );
}
