import stringWidth from 'string-width';
import type { ReportedImport } from '../../report/import-report.ts';
import type { ReadSource } from '../../report/source-text.ts';
import { counted } from '../counted.ts';
import { printable, printableCode } from '../printable.ts';
import { cut, padded } from './fit.ts';
import type { Paint } from './paint.ts';
import { statementCode } from './statement-code.ts';

export interface DrawOptions {
  readonly paint: Paint;
  readonly width: number;
  readonly readSource?: ReadSource | undefined;
  /** Steps drawn of a long cycle. */
  readonly maxLength: number;
}

/** A cycle from top to bottom and back up on the left, with the guilty line of each step. */
export function drawCycle(witness: readonly ReportedImport[], options: DrawOptions): string[] {
  const { paint, width } = options;
  const shown = shorten(witness, options.maxLength);
  const places = shown.map((step) =>
    typeof step === 'number' ? '' : `${printable(step.path)}:${step.line}`,
  );
  const widest = Math.max(...places.map((place) => stringWidth(place)));
  const beside = widest <= width / 2;
  const rail = paint('yellow', '│');
  const lines: string[] = [];
  shown.forEach((step, at) => {
    const start = at === 0 ? paint('yellow', '╭─▶') : `${rail}  `;
    if (typeof step === 'number') {
      lines.push(`  ${start} ${paint('dim', `⋮ ${counted(step, 'more module')}`)}`);
    } else {
      lines.push(`  ${start} ${paint('bold', cut(printable(step.from), width - 6))}`);
      const room = beside ? width - widest - 10 : width - 8;
      const code = codeOf(step, options.readSource, room);
      const place = paint('cyan', beside && code !== '' ? padded(places[at]!, widest) : places[at]!);
      const stem = `  ${rail}   ${paint('yellow', '│')} `;
      if (code === '') lines.push(stem + place);
      else if (beside) lines.push(`${stem}${place}  ${code}`);
      else lines.push(stem + place, stem + code);
    }
    if (at < shown.length - 1) lines.push(`  ${rail}   ${paint('yellow', '▼')}`);
  });
  lines.push(`  ${paint('yellow', '╰───╯')}`);
  return lines;
}

function codeOf(step: ReportedImport, readSource: ReadSource | undefined, room: number): string {
  const code = statementCode(step, readSource);
  const kind = step.kind === 'module' ? '' : `(${step.kind}) `;
  return cut(kind + (code === undefined ? '' : printableCode(code)), room).trimEnd();
}

/** Leaves out the middle of a long cycle; a number stands for how many steps. */
function shorten(witness: readonly ReportedImport[], most: number): (ReportedImport | number)[] {
  if (witness.length <= Math.max(most, 3)) return [...witness];
  const tail = Math.max(1, Math.floor(most / 3));
  const head = Math.max(1, most - tail);
  return [...witness.slice(0, head), witness.length - head - tail, ...witness.slice(-tail)];
}
