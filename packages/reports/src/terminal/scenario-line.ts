import { stripVTControlCharacters } from 'node:util';
import type { ScenarioResult, Verdict } from '@seaworthy/scenario';
import { printable } from '../printable.ts';
import { formatDuration } from '../quantity.ts';
import { columnsOf } from './columns.ts';
import { paintWith } from './paint.ts';
import type { Paint } from './paint.ts';
import { wrap } from './wrap.ts';

const MARKS: Readonly<Record<Verdict, readonly [mark: string, style: Parameters<Paint>[0]]>> = {
  passed: ['ok', 'green'],
  failed: ['FAIL', 'red'],
  inconclusive: ['unclear', 'yellow'],
  skipped: ['skipped', 'cyan'],
  error: ['ERROR', 'magenta'],
};

export interface ScenarioLineOptions {
  readonly color?: boolean;
  /** Of the longest id. */
  readonly idWidth?: number;
  /** Columns; what there is to say goes on below where they are too few. No end by default. */
  readonly width?: number;
}

/** Under the id. */
const REMARK = 8;

/** One line for a scenario that has finished: verdict, id, how long it took, and the most important thing there is to say. */
export function formatScenarioLine(
  result: ScenarioResult,
  { color = false, idWidth = 24, width = Infinity }: ScenarioLineOptions = {},
): string {
  const paint = paintWith(color);
  const [mark, style] = MARKS[result.verdict];
  const duration = formatDuration(result.durationMs).padStart(10);
  const remark = printable(remarkOf(result));
  const line = `${paint(style, mark.padEnd(7))} ${printable(result.id).padEnd(idWidth)} ${paint('dim', duration)}`;
  if (remark === '') return line;
  if (columnsOf(stripVTControlCharacters(line)) + 2 + columnsOf(remark) <= width) return `${line}  ${remark}`;
  const below = wrap(remark, Math.max(20, width - REMARK));
  return [line, ...below.map((text) => ' '.repeat(REMARK) + text)].join('\n');
}

/** Why a result is not simply green. */
export function remarkOf(result: ScenarioResult): string {
  const errors = result.findings.filter((finding) => finding.severity === 'error');
  const more = errors.length > 1 ? ` (and ${String(errors.length - 1)} more)` : '';
  switch (result.verdict) {
    case 'failed':
      return errors[0] === undefined ? '' : `${errors[0].code} ${errors[0].message}${more}`;
    case 'inconclusive':
      return result.reasons.join('; ');
    case 'skipped':
      return result.missing === undefined ? '' : `needs ${result.missing.what}: ${result.missing.how}`;
    case 'error':
      return result.error?.message ?? '';
    case 'passed': {
      const parts = (['warning', 'note'] as const).flatMap((severity) => {
        const count = result.findings.filter((finding) => finding.severity === severity).length;
        return count === 0 ? [] : [`${String(count)} ${severity}${count === 1 ? '' : 's'}`];
      });
      return parts.join(', ');
    }
  }
}
