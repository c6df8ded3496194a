import stringWidth from 'string-width';
import type { FirstImport } from '../../report/import-report.ts';
import { counted } from '../counted.ts';
import { errorText, howKnown } from '../knot-facts.ts';
import { printable } from '../printable.ts';
import { padded, paragraph } from './fit.ts';
import type { Paint } from './paint.ts';

const MOST_CRASHES = 8;

/** A longer name has a line of its own. */
const MOST_COLUMNS = 36;

/** Which modules crash when they are imported first, with the error and the way there. */
export function firstImportLines(
  found: readonly FirstImport[],
  base: string,
  paint: Paint,
  width: number,
): string[] {
  if (found.length === 0) return [];
  const crashes = found.filter(({ outcome }) => outcome === 'crash');
  const fine = found.filter(({ outcome }) => outcome === 'ok');
  const shown = crashes.slice(0, MOST_CRASHES);
  const widths = shown.map(({ module }) => stringWidth(printable(module)));
  const column = Math.max(0, ...widths.filter((columns) => columns <= MOST_COLUMNS));
  const lines = shown.flatMap((crash) => crashLines(crash, base, column, paint, width));
  if (crashes.length > shown.length) {
    lines.push(paint('dim', `    … ${counted(crashes.length - shown.length, 'more module')} that crash`));
  }
  if (fine.length > 0) {
    const names = fine.slice(0, 4).map(({ module }) => printable(module));
    const more = fine.length > names.length ? ` and ${fine.length - names.length} more` : '';
    const how = fine.every(({ found: by }) => by === 'tried') ? 'imports cleanly' : 'should import cleanly';
    const verb = fine.length === 1 ? how : how.replace('imports', 'import');
    lines.push(
      ...paragraph(
        `    ${paint('green', '✓')} `,
        `${names.join(', ')}${more} ${verb}${certainty(fine)}`,
        width,
      ),
    );
  }
  return [`  ${paint('bold', 'When imported first')}`, ...lines];
}

function crashLines(crash: FirstImport, base: string, column: number, paint: Paint, width: number): string[] {
  const name = printable(crash.module);
  const mark = crash.assumption === undefined ? paint('red', '✗') : paint('yellow', '?');
  const text = printable(`${errorText(crash, base)} (${howKnown(crash)})`);
  const lines =
    stringWidth(name) <= column
      ? paragraph(`    ${mark} ${paint('bold', padded(name, column))}  `, text, width)
      : [`    ${mark} ${paint('bold', name)}`, ...paragraph('      ', text, width)];
  const chain = (crash.chain ?? []).map(({ path, line }) => `${printable(path)}:${line}`);
  const end =
    crash.error?.path === undefined ? undefined : `${printable(crash.error.path)}:${crash.error.line ?? 1}`;
  const way = end === undefined || chain.at(-1) === end ? chain : [...chain, end];
  if (way.length > 0)
    lines.push(...paragraph('      ', way.join(' → '), width).map((line) => paint('dim', line)));
  return lines;
}

function certainty(found: readonly FirstImport[]): string {
  const unsure = found.filter(({ assumption }) => assumption !== undefined).length;
  if (unsure === 0) return '';
  return unsure === found.length ? ', which is not certain' : ` (${unsure} not certain)`;
}
