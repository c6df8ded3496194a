import { printable } from '../printable.ts';

/** Longer texts (an id of a test with its parameters may be of any length) are cut. */
const MOST = 400;

/** What means something in Markdown or HTML; a colon only where GitHub would make a link or a picture of it. */
const SPECIAL = /[\\*_[\]<>#|&~`@]|:(?=\/\/|[\w+-]+:)/g;

/** A code span that nothing can end: neither a backtick nor, in a table, a bar. */
export function code(text: string): string {
  return `<code>${printable(short(text)).replace(SPECIAL, entity)}</code>`;
}

/** Text whose own code spans (in backticks) stay code; everything else is taken literally. */
export function prose(text: string): string {
  return short(text)
    .split(/`([^`]*)`/)
    .map((part, at) => (at % 2 === 1 ? code(part) : printable(part).replace(SPECIAL, entity)))
    .join('')
    .replace(/^(?:[-+](?=[-+\s])|[=\s]|\d+(?=[.)](?:\s|$)))/, (start) => entity(start[0]!) + start.slice(1));
}

function entity(character: string): string {
  return `&#${character.codePointAt(0)};`;
}

/** A table; figures stand at the right. Empty where there are no rows. */
export function table(
  heads: readonly (readonly [title: string, kind: 'text' | 'figure'])[],
  rows: readonly (readonly string[])[],
): string[] {
  if (rows.length === 0) return [];
  return [
    `| ${heads.map(([title]) => title).join(' | ')} |`,
    `| ${heads.map(([, kind]) => (kind === 'figure' ? '---:' : '---')).join(' | ')} |`,
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ];
}

function short(text: string): string {
  if (text.length <= MOST) return text;
  return `${text.slice(0, MOST)}… (${text.length} characters)`;
}
