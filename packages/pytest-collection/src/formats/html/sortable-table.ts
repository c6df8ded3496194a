import { counted, grouped } from '../quantity.ts';
import { escapeHtml } from './escape-html.ts';

export interface Field<Row> {
  readonly title: string;
  /** What is sorted by; a number makes a column of figures. */
  readonly value: (row: Row) => string | number;
  readonly html: (row: Row) => string;
  /** Draws a bar behind the figure. */
  readonly bar?: boolean;
  /** Prose, or a list of names: it is given room, where the page is narrow by scrolling, instead of a line for each word. */
  readonly wide?: boolean;
}

export interface TableOptions<Row> {
  readonly id: string;
  readonly title: string;
  readonly noun: string;
  readonly rows: readonly Row[];
  readonly fields: readonly Field<Row>[];
  /** Title of the field that the rows are sorted by as they come. */
  readonly sortedBy: string;
}

/** Rows that the page holds; those that it shows before it is asked for all. */
const MOST = 300;
const FIRST = 12;

/** A table that a click on a title sorts; it can be read without scripts. Empty where there are no rows. */
export function sortableTable<Row>({ id, title, noun, rows, fields, sortedBy }: TableOptions<Row>): string {
  if (rows.length === 0) return '';
  const used = fields.filter(({ html }) => rows.some((row) => html(row) !== ''));
  const most = new Map(
    used.map((field) => [
      field,
      Math.max(...rows.slice(0, MOST).map((row) => Number(field.value(row)) || 0)),
    ]),
  );
  const heads = used.map(({ title: name, value }) => {
    const figure = typeof value(rows[0]!) === 'number';
    const sort = name === sortedBy ? ' aria-sort="descending"' : '';
    return `<th scope="col"${figure ? ' class="n"' : ''}${sort}><button>${name}</button></th>`;
  });
  const body = rows.slice(0, MOST).map((row, at) => {
    const cells = used.map((field) => {
      const value = field.value(row);
      if (typeof value === 'string')
        return `<td${field.wide === true ? ' class="wide"' : ''}>${field.html(row)}</td>`;
      const part =
        field.bar === true ? ` style="--part:${((100 * value) / (most.get(field)! || 1)).toFixed(1)}%"` : '';
      return `<td class="n${field.bar === true ? ' bar' : ''}" data-value="${value}"${part}>${field.html(row)}</td>`;
    });
    return `<tr${at >= FIRST ? ' class="later"' : ''}>${cells.join('')}</tr>`;
  });
  const rest = rows.length - MOST;
  return `<section class="panel" id="${id}"><h2>${title} <small>${grouped(rows.length)}</small></h2>
<div class="scroll"><table class="sortable"><thead><tr>${heads.join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>
${body.length > FIRST ? `<button class="all scripted">Show ${rest > 0 ? `the first ${MOST}` : `all ${body.length}`}</button>` : ''}
${rest > 0 ? `<p class="note">… and ${escapeHtml(counted(rest, `cheaper ${noun}`))}: all of them are in the JSON report.</p>` : ''}</section>`;
}
