/** A part of a document that is left out as a whole where there is no room for it. */
export interface Section {
  /** What it is called where it had to be left out. */
  readonly name: string;
  readonly lines: readonly string[];
}

/** GitHub takes 65,536 characters for a comment, and 1 MiB for a summary. */
export const MOST_BYTES = 60_000;

/** The sections that fit, in their order, and an honest word on the others. */
export function withinBytes(sections: readonly Section[], most: number = MOST_BYTES): string {
  const missing: string[] = [];
  // Room for the word on what is missing.
  let left = most - 400;
  const parts = sections
    .filter(({ lines }) => lines.length > 0)
    .flatMap(({ name, lines }) => {
      const text = `${lines.join('\n')}\n`;
      const bytes = Buffer.byteLength(text) + 1;
      if (bytes > left) {
        missing.push(name);
        return [];
      }
      left -= bytes;
      return [text];
    });
  if (missing.length > 0) parts.push(`_Left out, since there is too much of it: ${missing.join(', ')}._\n`);
  return parts.join('\n');
}
