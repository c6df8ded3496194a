import type { Finding, Quantity, ScenarioResult } from '@seaworthy/scenario';
import type { RunRecord } from '@seaworthy/run-record';
import { printable } from '../printable.ts';
import { formatQuantity } from '../quantity.ts';
import { reproduceCommand } from '../reproduce.ts';
import { columnsOf } from './columns.ts';
import { paintWith } from './paint.ts';
import { formatLocation, sourceFrame } from './source-frame.ts';
import type { TerminalOptions } from './terminal-options.ts';
import { wrap } from './wrap.ts';

const WORDS = { error: 'FAIL', warning: 'WARN', note: 'NOTE' } as const;
const STYLES = { error: ['red', 'bold'], warning: ['yellow', 'bold'], note: ['cyan', 'bold'] } as const;
/** Width of the column of labels. */
const LABEL = 13;

/**
 * A finding as a reader meets it: what was measured against which limit and where that stands, by how much it is off, the
 * evidence, the cause with its certainty, what to change, and how to see it again. A fix is shown only for a cause that is
 * known.
 */
export function findingBlock(
  record: RunRecord,
  result: ScenarioResult,
  finding: Finding,
  options: TerminalOptions,
): readonly string[] {
  const paint = paintWith(options.color);
  const word = WORDS[finding.severity];
  const title = record.titles[finding.code] ?? result.title;
  const head = `${word} ${finding.code} ${printable(title)}`;
  const hint = `[explain ${finding.code}]`;
  const gap = ' '.repeat(Math.max(2, options.width - columnsOf(head) - hint.length));
  const lines = [
    `${paint([...STYLES[finding.severity]], word)} ${paint('bold', head.slice(word.length + 1))}${gap}${paint('dim', hint)}`,
    ...wrap(printable(finding.message), options.width - 2).map((line) => `  ${line}`),
  ];
  const row = (label: string, text: string): void => {
    const [first = '', ...rest] = wrap(text, Math.max(20, options.width - LABEL));
    lines.push(
      `  ${paint('dim', label.padEnd(LABEL - 2))}${first}`,
      ...rest.map((line) => ' '.repeat(LABEL) + line),
    );
  };
  if (finding.location !== undefined) row('where', formatLocation(finding.location));
  for (const line of sourceFrame(finding.location, { ...options, width: options.width - LABEL }))
    lines.push(' '.repeat(LABEL) + paint(line.startsWith('>') ? 'bold' : 'dim', line));
  if (finding.measured !== undefined) row('measured', formatQuantity(finding.measured));
  if (finding.limit !== undefined) row('limit', limitText(result, finding.limit));
  if (finding.measured !== undefined && finding.limit !== undefined) {
    const [label, difference] = shortfall(finding.measured, finding.limit);
    if (difference !== undefined) row(label, difference);
  }
  (finding.evidence ?? []).forEach((text, index) => row(index === 0 ? 'evidence' : '', printable(text)));
  if (finding.cause !== undefined)
    row('cause', `[${finding.cause.certainty}] ${printable(finding.cause.text)}`);
  const { fix } = finding;
  if (fix !== undefined && finding.cause?.certainty !== 'unknown') {
    row(
      'fix',
      printable(fix.text) + (fix.location === undefined ? '' : ` (${formatLocation(fix.location)})`),
    );
  }
  // Not wrapped: it is there to be copied. A warning of a check that passed is nothing to be chased.
  if (finding.severity === 'error')
    lines.push(`  ${paint('dim', 'reproduce'.padEnd(LABEL - 2))}${reproduceCommand(record, result)}`);
  return lines;
}

function limitText(result: ScenarioResult, limit: NonNullable<Finding['limit']>): string {
  const source = result.limitSources[limit.name] ?? 'default';
  const bound = limit.bound === 'most' ? 'at most' : 'at least';
  return `${bound} ${formatQuantity(limit)} (${limit.name}, from ${source === 'default' ? 'the defaults' : printable(source)})`;
}

/** By how much the measured value misses the limit, in its unit and in percent of the limit. */
function shortfall(
  measured: Quantity,
  limit: NonNullable<Finding['limit']>,
): readonly [label: string, text: string | undefined] {
  const over = limit.bound === 'most' ? measured.value - limit.value : limit.value - measured.value;
  const label = limit.bound === 'most' ? 'over by' : 'short by';
  if (measured.unit !== limit.unit || !(over > 0)) return [label, undefined];
  const share = limit.value > 0 ? ` (${String(Math.round((100 * over) / limit.value))} %)` : '';
  return [label, formatQuantity({ value: over, unit: limit.unit }) + share];
}
