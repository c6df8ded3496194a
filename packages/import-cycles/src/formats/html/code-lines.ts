import type { ReadSource } from '../../report/source-text.ts';
import { printableCode } from '../printable.ts';
import { escapeHtml } from './escape-html.ts';

/** The line of an import with the lines around it, as a listing. */
export function codeLines(readSource: ReadSource | undefined, path: string, line: number): string {
  const lines = readSource?.(path)?.split(/\r\n|\n|\r/);
  if (lines?.[line - 1] === undefined) return '';
  const rows: string[] = [];
  for (let number = Math.max(1, line - 1); number <= Math.min(lines.length, line + 1); number++) {
    const code = escapeHtml(printableCode(lines[number - 1]!.slice(0, 400)));
    rows.push(
      `<li data-line="${number}"${number === line ? ' class="guilty"' : ''}><code>${code}</code></li>`,
    );
  }
  return `<ol class="listing">${rows.join('')}</ol>`;
}
