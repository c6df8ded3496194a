import { counted } from '../quantity.ts';

/** A part that a click opens; empty where it holds nothing. */
export function folded(title: string, lines: readonly string[], after: readonly string[] = []): string[] {
  if (lines.length === 0) return [];
  return [`<details><summary>${title}</summary>`, '', ...lines, ...after, '', '</details>'];
}

/** `… and 12 more files`, where there are more. */
export function more(count: number, noun: string): string[] {
  return count > 0 ? ['', `… and ${counted(count, noun)}`] : [];
}
