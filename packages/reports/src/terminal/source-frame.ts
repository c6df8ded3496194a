import type { SourceLocation } from '@seaworthy/scenario';
import { printable } from '../printable.ts';
import { columnsOf, cutToColumns } from './columns.ts';
import type { TerminalOptions } from './terminal-options.ts';

/** Lines shown before and after the one that is meant. */
const AROUND = 1;

/** The line that a finding is about, with its neighbours; nothing where the source is not at hand. */
export function sourceFrame(
  location: SourceLocation | undefined,
  { readSource, width }: TerminalOptions,
): readonly string[] {
  const { path, line, column } = location ?? {};
  if (path === undefined || line === undefined) return [];
  const lines = readSource?.(path)?.split(/\r\n|[\r\n]/);
  if (lines?.[line - 1] === undefined) return [];
  const first = Math.max(1, line - AROUND);
  const last = Math.min(lines.length, line + AROUND);
  const digits = String(last).length;
  const frame: string[] = [];
  for (let number = first; number <= last; number += 1) {
    const source = printable((lines[number - 1] ?? '').replaceAll('\t', '    '));
    const gutter = `${number === line ? '>' : ' '} ${String(number).padStart(digits)} | `;
    frame.push(cutToColumns(`${gutter}${source}`, width).trimEnd());
    if (number === line && column !== undefined) {
      const before = printable((lines[number - 1] ?? '').slice(0, column - 1).replaceAll('\t', '    '));
      frame.push(`${' '.repeat(gutter.length - 2)}| ${' '.repeat(columnsOf(before))}^`);
    }
  }
  return frame;
}

/** `path:line:column`, as far as it is known. */
export function formatLocation({ path, line, column }: SourceLocation): string {
  return [printable(path), line, line === undefined ? undefined : column]
    .filter((part) => part !== undefined)
    .join(':');
}
