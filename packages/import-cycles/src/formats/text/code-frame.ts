import type { ReadSource } from '../../report/source-text.ts';
import { printableCode } from '../printable.ts';
import { cut } from './fit.ts';
import type { Paint } from './paint.ts';

/** A line of a file without its end; `undefined` where there is none. */
export function sourceLine(
  readSource: ReadSource | undefined,
  path: string,
  line: number,
): string | undefined {
  return readSource?.(path)?.split(/\r\n|\n|\r/)[line - 1];
}

/** The line in question with one above and below it, and a mark under the name that is imported. */
export function codeFrame(
  readSource: ReadSource | undefined,
  place: { readonly path: string; readonly line: number; readonly column: number },
  { paint, width, indent }: { readonly paint: Paint; readonly width: number; readonly indent: string },
): string[] {
  const text = sourceLine(readSource, place.path, place.line);
  if (text === undefined) return [];
  const digits = String(place.line + 1).length;
  const columns = width - indent.length - digits - 5;
  const row = (number: number | undefined, mark: string, code: string): string => {
    const label = (number === undefined ? '' : String(number)).padStart(digits);
    return `${indent}${mark} ${paint('dim', `${label} │`)}${code === '' ? '' : ` ${code}`}`;
  };
  const context = (line: number): string[] => {
    const code = line < 1 ? undefined : sourceLine(readSource, place.path, line);
    return code === undefined ? [] : [row(line, ' ', paint('dim', cut(printableCode(code), columns)))];
  };
  const start = printableCode(text.slice(0, place.column - 1)).length;
  const name =
    /^(?:(['"]).*?\1|[\p{ID_Start}_$][\p{ID_Continue}.]*)/u.exec(text.slice(place.column - 1))?.[0] ?? ' ';
  const caret =
    start + 1 <= columns
      ? [
          row(
            undefined,
            ' ',
            ' '.repeat(start) + paint('red', '^'.repeat(Math.min(name.length, columns - start))),
          ),
        ]
      : [];
  return [
    ...context(place.line - 1),
    row(place.line, paint('red', '▸'), cut(printableCode(text), columns)),
    ...caret,
    ...context(place.line + 1),
  ];
}
