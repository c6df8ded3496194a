import type { FirstImport, ImportReport, Knot } from '../report/import-report.ts';
import { counted } from './counted.ts';
import {
  cycleLine,
  errorText,
  firstImportsIn,
  howKnown,
  knotSentence,
  proofPhrase,
  witnessNames,
} from './knot-facts.ts';
import { printable } from './printable.ts';

/** Bytes; GitHub drops a step's summary above 1 MiB. */
const MOST_BYTES = 900_000;

/** A report as GitHub-flavoured Markdown, for `$GITHUB_STEP_SUMMARY`. Cut between two knots where it grows too large. */
export function formatStepSummary(report: ImportReport): string {
  const accepted = report.knots.filter((knot) => knot.accepted).length;
  const facts = `${counted(report.modules.length, 'module')}, ${counted(report.imports.length, 'import')}, ${report.view} view`;
  const title =
    report.knots.length === 0
      ? 'No import cycles'
      : `${counted(report.knots.length, 'knot')} of imports${accepted === 0 ? '' : ` (${accepted} accepted)`}`;
  let text = `## ${title}\n\n${facts}\n`;
  let bytes = Buffer.byteLength(text);
  for (const [at, knot] of report.knots.entries()) {
    const section = knotSection(report, knot);
    bytes += Buffer.byteLength(section);
    if (bytes > MOST_BYTES) {
      return `${text}\n… and ${counted(report.knots.length - at, 'more knot')}, too many for a summary\n`;
    }
    text += section;
  }
  return text;
}

function knotSection(report: ImportReport, knot: Knot): string {
  const crashes = firstImportsIn(report, knot).filter(({ outcome }) => outcome === 'crash');
  const lines = [
    '',
    `### ${knot.accepted ? '🟡' : '🔴'} ${prose(knotSentence(knot))} ${code(knot.id)}`,
    '',
    code(cycleLine(witnessNames(knot))),
    '',
  ];
  if (crashes.length > 0) {
    lines.push(
      '| imported first | error | found |',
      '| --- | --- | --- |',
      ...crashes.slice(0, 20).map((crash) => crashRow(crash, report.base)),
      '',
    );
    if (crashes.length > 20)
      lines.push(`… and ${counted(crashes.length - 20, 'more module')} that crash`, '');
  }
  const moves = counted(knot.importsToMove.length, 'import');
  lines.push(
    `Move ${moves} (${proofPhrase(knot)}):`,
    '',
    '| where | import | how |',
    '| --- | --- | --- |',
    ...knot.importsToMove
      .slice(0, 50)
      .map(
        ({ path, line, from, to, fix }) =>
          `| ${code(`${path}:${line}`)} | ${code(`${from} → ${to}`)} | **${fix.kind}**: ${prose(fix.text)} |`,
      ),
  );
  if (knot.importsToMove.length > 50) lines.push('', `… and ${knot.importsToMove.length - 50} more`);
  return `${lines.join('\n')}\n`;
}

function crashRow(crash: FirstImport, base: string): string {
  return `| ${code(crash.module)} | ${code(errorText(crash, base))} | ${prose(howKnown(crash))} |`;
}

/** A code span in a table cell: no backtick can end it and no bar can end the cell. */
function code(text: string): string {
  const escaped = printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('`', '&#96;')
    .replaceAll('|', '&#124;')
    .replaceAll('*', '&#42;')
    .replaceAll('_', '&#95;')
    .replaceAll('\\', '&#92;');
  return `<code>${escaped}</code>`;
}

/** Text whose own code spans (in backticks) stay code; everything else is taken literally. */
function prose(text: string): string {
  return text
    .split(/`([^`]*)`/)
    .map((part, at) =>
      at % 2 === 1
        ? code(part)
        : printable(part).replace(/[\\*_{}[\]<>()#+!|&~]/g, (character) => `&#${character.codePointAt(0)};`),
    )
    .join('');
}
