import stringWidth from 'string-width';
import { cut, padded } from './fit.ts';
import type { Page } from './page.ts';
import type { Style } from './paint.ts';

export interface Column {
  readonly title: string;
  /** `name` takes what room is left and is cut at its end; a `path` is cut at its beginning; a `word` and a `figure` are never cut. */
  readonly kind: 'name' | 'path' | 'word' | 'figure';
  /** The column with the largest number goes first where there is no room; one without stays. */
  readonly spare?: number;
}

export interface Cell {
  readonly text: string;
  readonly style?: Style;
}

const GAP = '  ';

/** A table in aligned columns, two spaces in from the left. A column of empty cells is left out. */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  page: Page,
): string[] {
  const kept = columnsThatFit(columns, rows, page.columns);
  const widths = fitted(kept, page.columns);
  const line = (cells: readonly Cell[]): string => {
    const texts = kept.map(({ column }, at) => {
      const { text, style } = cells[at]!;
      const short = cut(text, widths[at]!, column.kind === 'path' ? 'start' : 'end');
      const painted = style === undefined ? short : page.paint(style, short);
      return padded(painted, widths[at]!, column.kind === 'figure' ? 'right' : 'left');
    });
    return `${GAP}${texts.join(GAP)}`.trimEnd();
  };
  const titles = kept.map(({ column }): Cell => ({ text: column.title, style: 'dim' }));
  return [line(titles), ...rows.map((cells) => line(kept.map(({ at }) => cells[at]!)))];
}

interface Kept {
  readonly column: Column;
  readonly at: number;
  /** Of its widest cell. */
  readonly wanted: number;
}

function columnsThatFit(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  room: number,
): readonly Kept[] {
  let kept = columns
    .map((column, at) => ({ column, at, wanted: widest(rows, at, column) }))
    .filter(({ at }) => rows.some((cells) => cells[at]!.text !== ''));
  for (;;) {
    const needed = kept.reduce((sum, each) => sum + GAP.length + leastOf(each), 0);
    const spare = Math.max(...kept.map(({ column }) => column.spare ?? 0));
    if (needed <= room || spare <= 0) return kept;
    kept = kept.filter(({ column }) => column.spare !== spare);
  }
}

function widest(rows: readonly (readonly Cell[])[], at: number, { title }: Column): number {
  return rows.reduce((most, cells) => Math.max(most, stringWidth(cells[at]!.text)), stringWidth(title));
}

/** A name of fewer columns than these tells nobody anything. */
function leastOf({ column, wanted }: Kept): number {
  return isSoft(column) ? Math.min(wanted, 24) : wanted;
}

/** Cuts the widest of the columns that may be cut, until all fit. */
function fitted(kept: readonly Kept[], room: number): number[] {
  const widths = kept.map(({ wanted }) => wanted);
  let over = widths.reduce((sum, width) => sum + width + GAP.length, 0) - room;
  const soft = kept.flatMap(({ column }, at) => (isSoft(column) ? [at] : []));
  while (over > 0 && soft.length > 0) {
    const most = soft.reduce((best, at) => (widths[at]! > widths[best]! ? at : best));
    if (widths[most]! <= 8) break;
    widths[most]! -= 1;
    over -= 1;
  }
  return widths;
}

function isSoft({ kind }: Column): boolean {
  return kind === 'name' || kind === 'path';
}
