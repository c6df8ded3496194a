import { basename } from 'node:path';
import stringWidth from 'string-width';
import type { FirstImport, ImportReport, Knot } from '../../report/import-report.ts';
import type { ReadSource } from '../../report/source-text.ts';
import { counted } from '../counted.ts';
import { cycleLine, isCertain, knotSentence, witnessNames } from '../knot-facts.ts';
import { printable } from '../printable.ts';
import { firstImportLines } from './first-import-lines.ts';
import { cut, paragraph, wrapped } from './fit.ts';
import { knotLines } from './knot-lines.ts';
import { type Paint, painter } from './paint.ts';
import { recapLines } from './recap-lines.ts';

export interface TextOptions {
  readonly color: boolean;
  /** Columns; 100 where not given, and no fewer than 48. */
  readonly width?: number;
  /** Reads a file by the path in the report; without it no source is shown. */
  readonly readSource?: ReadSource;
  /** Knots shown in detail (10 where not given); the others have a line each, up to four times as many. */
  readonly maxKnots?: number;
  /** Steps drawn of a long cycle; 16 where not given. */
  readonly maxLength?: number;
  /** Imports to move shown with their source in each knot; 8 where not given. */
  readonly maxMoves?: number;
}

/** A report for a reader at a terminal. Ends with a line feed. */
export function formatText(report: ImportReport, options: TextOptions): string {
  const paint = painter(options.color);
  const width = Math.max(48, options.width ?? 100);
  const maxKnots = options.maxKnots ?? 10;
  const drawing = {
    paint,
    width,
    readSource: options.readSource,
    maxLength: options.maxLength ?? 16,
    maxMoves: options.maxMoves ?? 8,
  };
  const crashing = crashesByKnot(report);
  // What the baseline has not accepted comes first, and of that what crashes for certain.
  const urgency = (knot: Knot): number => {
    const crashes = crashing.get(knot)!;
    return (knot.accepted ? 4 : 0) + (crashes.some(isCertain) ? 0 : crashes.length > 0 ? 1 : 2);
  };
  const knots = [...report.knots].sort((left, right) => urgency(left) - urgency(right));
  const blocks = [
    summaryLines(report, paint, width),
    ...knots.slice(0, maxKnots).map((knot, at) => knotLines(report, knot, at + 1, drawing)),
    restLines(knots.slice(maxKnots), crashing, maxKnots * 4, paint, width),
    outsideLines(report, paint, width),
    remarkLines(report, paint, width),
    recapLines(report, paint, width),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function summaryLines(report: ImportReport, paint: Paint, width: number): string[] {
  const title = `Imports of ${printable(basename(report.base))}`;
  const facts = [
    counted(report.modules.length, 'module'),
    counted(report.imports.length, 'import'),
    `${report.view} view`,
    duration(report.durationMs),
  ].join(' · ');
  const beside = stringWidth(title) + 2 + stringWidth(facts) <= width;
  return beside
    ? [`${paint('bold', title)}  ${paint('dim', facts)}`]
    : [paint('bold', cut(title, width)), ...wrapped(facts, width).map((line) => paint('dim', line))];
}

function restLines(
  knots: readonly Knot[],
  crashing: ReadonlyMap<Knot, readonly FirstImport[]>,
  most: number,
  paint: Paint,
  width: number,
): string[] {
  if (knots.length === 0) return [];
  const lines = knots.slice(0, most).map((knot) => {
    const crashes = crashing.get(knot)!;
    const mark =
      crashes.length === 0 ? ' ' : crashes.some(isCertain) ? paint('red', '✗') : paint('yellow', '?');
    const verb = crashes.length === 1 ? 'crashes' : 'crash';
    const crash = crashes.length === 0 ? '' : `, ${crashes.length} ${verb} when imported first`;
    const state = knot.accepted ? ' (accepted)' : '';
    const line = `${printable(knotSentence(knot))}${crash}${state}: ${printable(cycleLine(witnessNames(knot), 8))}`;
    return `${mark} ${paint('dim', knot.id)}  ${cut(line, width - 14)}`;
  });
  if (knots.length > most) lines.push(`  … and ${counted(knots.length - most, 'more knot')}`);
  return [paint('bold', counted(knots.length, 'more knot')), ...lines];
}

function crashesByKnot({ knots, firstImports }: ImportReport): ReadonlyMap<Knot, readonly FirstImport[]> {
  const crashes = firstImports.filter(({ outcome }) => outcome === 'crash');
  const byModule = new Map(crashes.map((crash) => [crash.module, crash]));
  return new Map(
    knots.map((knot) => [
      knot,
      knot.modules.flatMap((module) => {
        const crash = byModule.get(module);
        return crash === undefined ? [] : [crash];
      }),
    ]),
  );
}

/** First imports of modules whose knot only CPython goes round, in another view than the report's. */
function outsideLines(report: ImportReport, paint: Paint, width: number): string[] {
  const inKnots = new Set(report.knots.flatMap(({ modules }) => modules));
  const outside = report.firstImports.filter(({ module }) => !inKnots.has(module));
  if (!outside.some(({ outcome }) => outcome === 'crash')) return [];
  return [
    ...paragraph(
      '',
      'Outside these knots, since a package’s __init__ is executed first (see the runtime view)',
      width,
    ).map((line) => paint('bold', line)),
    ...firstImportLines(outside, report.base, paint, width),
  ];
}

function remarkLines(report: ImportReport, paint: Paint, width: number): string[] {
  const at = ({ path, line }: { path: string; line?: number }): string =>
    `${printable(path)}${line === undefined ? '' : `:${line}`}`;
  const remarks = [
    ...report.problems.map((problem) => `${at(problem)}  ${problem.kind}: ${printable(problem.message)}`),
    ...report.stale.map((stale) => `${at(stale)}  ${printable(stale.message)}`),
  ];
  const most = 20;
  const lines = remarks
    .slice(0, most)
    .flatMap((remark) => paragraph(`  ${paint('yellow', '!')} `, remark, width));
  if (remarks.length > most)
    lines.push(paint('dim', `  … and ${counted(remarks.length - most, 'more remark')}`));
  return lines;
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
