import stringWidth from 'string-width';
import type { ImportReport, Knot } from '../../report/import-report.ts';
import { counted } from '../counted.ts';
import { firstImportsIn, knotSentence, proofPhrase } from '../knot-facts.ts';
import { printable } from '../printable.ts';
import { codeFrame } from './code-frame.ts';
import { drawCycle, type DrawOptions } from './draw-cycle.ts';
import { firstImportLines } from './first-import-lines.ts';
import { padded, paragraph } from './fit.ts';

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
  const sentence = `${printable(knotSentence(knot))}${state}`;
  const head = padded(`${title}  ${sentence}`, width - stringWidth(knot.id) - 1);
  return [
    `${paint(knot.accepted ? 'yellow' : 'red', '●')} ${paint('bold', head.slice(0, title.length))}${head.slice(title.length, -1)} ${paint('dim', knot.id)}`.trimEnd(),
    '',
    ...drawCycle(knot.witness, options),
    ...besideWitness(knot, options),
    ...newArcLines(knot, options),
    '',
    ...moveLines(knot, options),
    ...spaced(firstImportLines(firstImportsIn(report, knot), paint, width)),
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
    lines.push(
      `    ${paint('cyan', place)}  ${paint('dim', `${printable(move.from)} → ${printable(move.to)}`)}`,
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
