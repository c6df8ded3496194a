import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How many columns of a terminal a text takes: a letter of China or Japan takes two, an accent of its own none. */
export function columnsOf(text: string): number {
  return stringWidth(text);
}

/** The beginning of a plain text (no colours) that fits in so many columns; no letter is cut in two. */
export function cutToColumns(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let taken = 0;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    width += columnsOf(segment);
    if (width > columns) break;
    taken += segment.length;
  }
  return text.slice(0, taken);
}
