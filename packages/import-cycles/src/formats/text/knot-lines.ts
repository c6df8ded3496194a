import stringWidth from 'string-width';
import type { ImportReport, Knot } from '../../report/import-report.ts';
import { counted } from '../counted.ts';
import { firstImportsIn, knotSentence, proofPhrase } from '../knot-facts.ts';
import { printable } from '../printable.ts';
import { codeFrame } from './code-frame.ts';
import { drawCycle, type DrawOptions } from './draw-cycle.ts';
import { firstImportLines } from './first-import-lines.ts';
import { cut, padded, paragraph } from './fit.ts';

export interface KnotLineOptions extends DrawOptions {
  /** Imports to move that are shown with their source. */
  readonly maxMoves: number;
}

/** All that is to be said of one knot. */
export function knotLines(
  report: ImportReport,
  knot: Knot,
  number: number,
  options: KnotLineOptions,
): string[] {
  const { paint, width } = options;
  const title = `Knot ${number} of ${report.knots.length}`;
  const state = knot.accepted ? ' (accepted)' : '';
  const room = width - title.length - knot.id.length - 6;
  const sentence = padded(cut(`${printable(knotSentence(knot))}${state}`, room), room);
  const bullet = paint(knot.accepted ? 'yellow' : 'red', '●');
  return [
    `${bullet} ${paint('bold', title)}  ${sentence}  ${paint('dim', knot.id)}`,
    '',
    ...drawCycle(knot.witness, options),
    ...besideWitness(knot, options),
    ...newArcLines(knot, options),
    '',
    ...moveLines(knot, options),
    ...spaced(firstImportLines(firstImportsIn(report, knot), report.base, paint, width)),
  ];
}

/** The modules and cycles of the knot that the drawing does not show. */
function besideWitness(knot: Knot, { paint, width }: KnotLineOptions): string[] {
  const drawn = new Set(knot.witness.map(({ from }) => from));
  const others = knot.modules.filter((name) => !drawn.has(name));
  if (others.length === 0 && knot.cycles.list.length <= 1) return [];
  const names = others.slice(0, 5).map(printable);
  const more = others.length > names.length ? ` and ${others.length - names.length} more` : '';
  const tied = names.length === 0 ? '' : `; tied in as well: ${names.join(', ')}${more}`;
  const atLeast = knot.cycles.complete ? '' : 'at least ';
  const cycles = `a shortest of ${atLeast}${counted(knot.cycles.list.length, 'cycle')}`;
  return paragraph('  ', `${cycles}${tied}`, width).map((line) => paint('dim', line));
}

function newArcLines(knot: Knot, { paint, width }: KnotLineOptions): string[] {
  const arcs = knot.newArcs ?? [];
  if (arcs.length === 0) return [];
  const shown = arcs.slice(0, 5).map(({ from, to }) => `${printable(from)} → ${printable(to)}`);
  const more = arcs.length > shown.length ? ` and ${arcs.length - shown.length} more` : '';
  return paragraph(`  ${paint('red', 'not in the baseline:')} `, `${shown.join(', ')}${more}`, width);
}

function moveLines(knot: Knot, options: KnotLineOptions): string[] {
  const { paint, width } = options;
  const moves = knot.importsToMove;
  const lines = [
    `  ${paint('bold', `Move ${counted(moves.length, 'import')} to untie it`)} ${paint('dim', `(${proofPhrase(knot)})`)}`,
  ];
  moves.slice(0, options.maxMoves).forEach((move, at) => {
    if (at > 0) lines.push('');
    const place = `${printable(move.path)}:${move.line}:${move.column}`;
    const ends = `${printable(move.from)} → ${printable(move.to)}`;
    lines.push(
      ...(stringWidth(place) + stringWidth(ends) + 6 <= width
        ? [`    ${paint('cyan', place)}  ${paint('dim', ends)}`]
        : [
            `    ${paint('cyan', place)}`,
            ...paragraph('    ', ends, width).map((line) => paint('dim', line)),
          ]),
      ...codeFrame(options.readSource, move, { paint, width, indent: '    ' }),
      ...paragraph(`    ${paint('green', move.fix.kind)}: `, printable(move.fix.text), width),
    );
  });
  if (moves.length > options.maxMoves) {
    lines.push(
      '',
      paint(
        'dim',
        `    … ${counted(moves.length - options.maxMoves, 'more import')} (all with --format json)`,
      ),
    );
  }
  return lines;
}

function spaced(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}
