import type { Problem } from '../../model/import-graph.ts';
import type { FirstImport, ImportReport, Knot } from '../../report/import-report.ts';
import { counted } from '../counted.ts';
import { paragraph } from './fit.ts';
import type { Paint } from './paint.ts';

const UNREAD: ReadonlySet<Problem['kind']> = new Set(['unreadable', 'undecodable', 'too-large']);

/** What a report comes to, as its last line. */
export function recapLines(report: ImportReport, paint: Paint, width: number): string[] {
  const ignored = report.ignored.length === 0 ? '' : `; ${counted(report.ignored.length, 'import')} ignored`;
  if (report.knots.length === 0) {
    const { among, all } = modulesRead(report);
    return paragraph(
      `${paint(all ? 'green' : 'yellow', '✓')} `,
      `No import cycles among ${among}${ignored}`,
      width,
    );
  }
  const accepted = report.knots.filter((knot) => knot.accepted).length;
  const modules = new Set(report.knots.flatMap((knot) => knot.modules)).size;
  const moves = report.knots.reduce((total, knot) => total + knot.importsToMove.length, 0);
  const crashes = report.firstImports.filter(({ outcome }) => outcome === 'crash');
  const parts = [
    `${counted(report.knots.length, 'knot')} of ${counted(modules, 'module')}${accepted === 0 ? '' : ` (${accepted} accepted)`}`,
    ...cyclesPhrase(report.knots),
    ...(report.firstImports.length === 0 ? [] : [crashPhrase(crashes, report.firstImports.length)]),
    ...(report.firstImportsLeftOut === undefined ? [] : [`${report.firstImportsLeftOut} not followed`]),
    `${counted(moves, 'import')} to move`,
  ];
  const green = accepted === report.knots.length;
  return paragraph(
    `${paint(green ? 'green' : 'red', green ? '✓' : '✗')} `,
    `${parts.join('; ')}${ignored}`,
    width,
  );
}

/** What the report can speak of: not of files that could not be read. */
function modulesRead({ modules, problems }: ImportReport): { readonly among: string; readonly all: boolean } {
  const paths = new Set(modules.map(({ path }) => path));
  const unread = new Set(problems.flatMap(({ kind, path }) => (UNREAD.has(kind) ? [path] : [])));
  if (unread.size === 0) return { among: counted(modules.length, 'module'), all: true };
  const files = [...unread].filter((path) => paths.has(path)).length;
  const noun = files === unread.size ? 'file' : 'path';
  const among = `the ${counted(modules.length - files, 'module')} that could be read; ${counted(unread.size, noun)} could not`;
  return { among, all: false };
}

/** What the thresholds of the command count: cycles of the knots that are not accepted. */
function cyclesPhrase(knots: readonly Knot[]): string[] {
  const open = knots.filter((knot) => !knot.accepted);
  if (open.length === 0) return [];
  const count = open.reduce((total, { cycles }) => total + cycles.list.length, 0);
  const atLeast = open.every(({ cycles }) => cycles.complete) ? '' : 'at least ';
  const state = open.length === knots.length ? '' : ' not accepted';
  return [`${atLeast}${counted(count, 'import cycle')}${state}`];
}

function crashPhrase(crashes: readonly FirstImport[], count: number): string {
  const unsure = crashes.filter(({ assumption }) => assumption !== undefined).length;
  const verb = crashes.length === 1 ? 'crashes' : 'crash';
  const doubt =
    unsure === 0 ? '' : unsure === crashes.length ? ', which is not certain' : ` (${unsure} not certain)`;
  return `${crashes.length} of ${counted(count, 'module')} ${verb} when imported first${doubt}`;
}
