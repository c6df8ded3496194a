import stringWidth from 'string-width';
import type { FirstImport } from '../../report/import-report.ts';
import { counted } from '../counted.ts';
import { printable } from '../printable.ts';
import { cut, padded, paragraph } from './fit.ts';
import type { Paint } from './paint.ts';

const MOST_CRASHES = 8;

/** Which modules crash when they are imported first, with the error and the way there. */
export function firstImportLines(found: readonly FirstImport[], paint: Paint, width: number): string[] {
  if (found.length === 0) return [];
  const crashes = found.filter(({ outcome }) => outcome === 'crash');
  const fine = found.filter(({ outcome }) => outcome === 'ok');
  const shown = crashes.slice(0, MOST_CRASHES);
  const column = Math.min(Math.max(0, ...shown.map(({ module }) => stringWidth(printable(module)))), 40);
  const lines = shown.flatMap((crash) => crashLines(crash, column, paint, width));
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
        `    ${paint('green', '✓')} `.replace(/ $/, ' '),
        `${names.join(', ')}${more} ${verb}`,
        width,
      ),
    );
  }
  return [`  ${paint('bold', 'When imported first')}`, ...lines];
}

function crashLines(crash: FirstImport, column: number, paint: Paint, width: number): string[] {
  const module = padded(cut(printable(crash.module), column), column);
  const how = crash.found === 'tried' ? 'tried' : 'predicted';
  const error =
    crash.error === undefined ? 'crashes' : `${crash.error.type}: ${printable(crash.error.message)}`;
  const lines = paragraph(`    ${paint('red', '✗')} ${paint('bold', module)}  `, `${error} (${how})`, width);
  const chain = (crash.chain ?? []).map(({ path, line }) => `${printable(path)}:${line}`);
  const end =
    crash.error?.path === undefined ? undefined : `${printable(crash.error.path)}:${crash.error.line ?? 1}`;
  const way = end === undefined || chain.at(-1) === end ? chain : [...chain, end];
  if (way.length > 0)
    lines.push(...paragraph('      ', way.join(' → '), width).map((line) => paint('dim', line)));
  return lines;
}
