import { columnsOf } from './columns.ts';

/** Broken into lines of at most `columns` columns, but 20 at least; each but the first stands behind so many spaces. */
export function wrapIndented(text: string, columns: number, indent: number): string {
  return wrap(text, Math.max(20, columns)).join(`\n${' '.repeat(indent)}`);
}

/** Breaks plain text (no colours) at spaces into lines of at most `width` columns; a longer word stays whole. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && columnsOf(line) + 1 + columnsOf(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
