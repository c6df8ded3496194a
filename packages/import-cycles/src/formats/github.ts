import type { ImportReport, Knot } from '../report/import-report.ts';
import { counted } from './counted.ts';
import { cycleLine, errorText, firstImportsIn, knotSentence, witnessNames } from './knot-facts.ts';
import { printable } from './printable.ts';

/** GitHub shows ten errors for a step; the tenth of ours says how many there are besides. */
const MOST_ERRORS = 10;

/** Annotations for a GitHub workflow (workflow commands), one for each knot that no baseline accepts. */
export function formatGithub(report: ImportReport): string {
  const open = report.knots.filter(({ accepted }) => !accepted);
  const worst = [...open].sort((left, right) => crashCount(report, right) - crashCount(report, left));
  const shown = worst.length <= MOST_ERRORS ? worst : worst.slice(0, MOST_ERRORS - 1);
  const lines = shown.map((knot) => annotation(report, knot));
  if (shown.length < worst.length) {
    lines.push(
      command(
        'error',
        { title: 'Import cycles' },
        `${counted(worst.length - shown.length, 'more knot')}: see the step summary`,
      ),
    );
  }
  return lines.map((line) => `${line}\n`).join('');
}

function annotation(report: ImportReport, knot: Knot): string {
  const place = knot.importsToMove[0] ?? knot.witness[0]!;
  const crashes = firstImportsIn(report, knot).filter(({ outcome }) => outcome === 'crash');
  const text = [
    printable(cycleLine(witnessNames(knot))),
    ...crashes
      .slice(0, 3)
      .map((crash) =>
        printable(`${crash.module} crashes when imported first: ${errorText(crash, report.base)}`),
      ),
    ...knot.importsToMove
      .slice(0, 3)
      .map(({ path, line, fix }) => printable(`${path}:${line} ${fix.kind}: ${fix.text}`)),
  ];
  const column = 'column' in place ? { col: String(place.column) } : {};
  return command(
    'error',
    { title: printable(knotSentence(knot)), file: place.path, line: String(place.line), ...column },
    text.join('\n'),
  );
}

/** A workflow command, with the escapes that the runner undoes. */
function command(name: string, properties: Readonly<Record<string, string>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(value)}`);
  return `::${name} ${list.join(',')}::${escapedData(message)}`;
}

function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function crashCount(report: ImportReport, knot: Knot): number {
  return firstImportsIn(report, knot).filter(({ outcome }) => outcome === 'crash').length;
}
