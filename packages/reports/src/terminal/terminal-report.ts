import type { ScenarioResult, Verdict } from '@seaworthy/scenario';
import type { RunRecord } from '@seaworthy/run-record';
import { diskWasFull } from '../full-disk.ts';
import { printable, printableLines } from '../printable.ts';
import { formatDuration } from '../quantity.ts';
import { reproduceCommand } from '../reproduce.ts';
import { findingBlock } from './finding-block.ts';
import { interruptionText } from './interruption-text.ts';
import { paintWith } from './paint.ts';
import { remarkOf } from './scenario-line.ts';
import { formatLocation } from './source-frame.ts';
import type { TerminalOptions } from './terminal-options.ts';
import { wrap, wrapIndented } from './wrap.ts';

/**
 * The end of a run on a terminal: every finding in full, what could not be told or did not run and why, one line for each
 * failure again, and the totals. Ends with a line feed.
 */
export function formatTerminal(record: RunRecord, options: TerminalOptions): string {
  const blocks = [
    ...findingBlocks(record, options),
    ...record.results.flatMap((result) => unfinishedBlock(record, result, options)),
    failureLines(record, options),
    totals(record, options),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

/** Warnings and notes first: what failed stands nearest to the end. A place is shown once, however much is said of it. */
function findingBlocks(record: RunRecord, options: TerminalOptions): readonly (readonly string[])[] {
  const findings = record.results.flatMap((result) =>
    result.findings.map((finding) => ({ result, finding })),
  );
  const inOrder = [
    ...findings.filter(({ finding }) => finding.severity !== 'error'),
    ...findings.filter(({ finding }) => finding.severity === 'error'),
  ];
  const shown = new Set<string>();
  return inOrder.map(({ result, finding }) => {
    const place = finding.location === undefined ? '' : formatLocation(finding.location);
    const { readSource, ...plain } = options;
    const again = shown.has(place) || readSource === undefined;
    shown.add(place);
    return findingBlock(record, result, finding, again ? plain : { ...plain, readSource });
  });
}

function unfinishedBlock(
  record: RunRecord,
  result: ScenarioResult,
  { color, width }: TerminalOptions,
): readonly (readonly string[])[] {
  const paint = paintWith(color);
  const block = (
    word: string,
    style: 'yellow' | 'cyan' | 'magenta',
    texts: readonly string[],
  ): string[][] => [
    [
      `${paint([style, 'bold'], word)} ${paint('bold', printable(`${result.id} ${result.title}`))}`,
      ...texts.flatMap((text) => wrap(text, width - 2).map((line) => `  ${line}`)),
    ],
  ];
  if (result.verdict === 'inconclusive') return block('UNCLEAR', 'yellow', result.reasons.map(printable));
  if (result.verdict === 'skipped' && result.missing !== undefined) {
    const { what, how } = result.missing;
    return block('SKIPPED', 'cyan', [`needs ${printable(what)}`, `to get it: ${printable(how)}`]);
  }
  if (diskWasFull(result)) {
    return block('ERROR', 'magenta', [
      'The disk for temporary files was full. Free some space, or name another folder with TMPDIR.',
      printable(result.error?.message ?? ''),
    ]);
  }
  if (result.verdict !== 'error') return [];
  return block('ERROR', 'magenta', [
    printable(result.error?.message ?? 'unknown'),
    'This is a defect of seaworthy, not of your project. Please report it with the lines below.',
    `reproduce: ${reproduceCommand(record, result)}`,
    ...printableLines(result.error?.stack ?? '').slice(0, 12),
  ]);
}

function failureLines(record: RunRecord, { color, width }: TerminalOptions): readonly string[] {
  const paint = paintWith(color);
  return record.results.flatMap((result) => {
    if (result.verdict === 'error')
      return [
        `${paint('magenta', 'ERROR')} ${wrapIndented(printable(`${result.id} ${remarkOf(result)}`), width - 6, 6)}`,
      ];
    return result.findings
      .filter((finding) => finding.severity === 'error')
      .map((finding) => {
        const where = finding.location === undefined ? '' : ` (${formatLocation(finding.location)})`;
        const text = `${printable(`${result.id} ${finding.code} ${finding.message}`)}${where}`;
        return `${paint('red', 'FAIL')} ${wrapIndented(text, width - 5, 5)}`;
      });
  });
}

const TOTALS: readonly (readonly [Verdict, string])[] = [
  ['failed', 'failed'],
  ['error', 'broken'],
  ['inconclusive', 'unclear'],
  ['skipped', 'skipped'],
  ['passed', 'passed'],
];

function totals(record: RunRecord, { color }: TerminalOptions): readonly string[] {
  const paint = paintWith(color);
  const count = (verdict: Verdict): number =>
    record.results.filter((result) => result.verdict === verdict).length;
  const parts = TOTALS.flatMap(([verdict, name]) =>
    count(verdict) === 0 ? [] : [`${String(count(verdict))} ${name}`],
  );
  const missing = record.planned.length - record.results.length;
  if (missing > 0) parts.push(`${String(missing)} not run`);
  const warnings = record.results.flatMap(({ findings }) =>
    findings.filter(({ severity }) => severity === 'warning'),
  );
  const style = count('failed') + count('error') > 0 ? 'red' : count('passed') > 0 ? 'green' : 'yellow';
  const warned =
    warnings.length === 0
      ? ''
      : `, ${paint('yellow', `${String(warnings.length)} warning${warnings.length === 1 ? '' : 's'}`)}`;
  const line = `${paint([style, 'bold'], parts.join(', ') || 'nothing ran')}${warned} in ${formatDuration(record.durationMs)}, seed ${String(record.seed)}`;
  return record.interrupted === undefined
    ? [line]
    : [line, paint('yellow', interruptionText(record.interrupted))];
}
