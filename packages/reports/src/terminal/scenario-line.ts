import type { ScenarioResult, Verdict } from '@seaworthy/scenario';
import { printable } from '../printable.ts';
import { formatDuration } from '../quantity.ts';
import { paintWith } from './paint.ts';
import type { Paint } from './paint.ts';

const MARKS: Readonly<Record<Verdict, readonly [mark: string, style: Parameters<Paint>[0]]>> = {
  passed: ['ok', 'green'],
  failed: ['FAIL', 'red'],
  inconclusive: ['unclear', 'yellow'],
  skipped: ['skipped', 'cyan'],
  error: ['ERROR', 'magenta'],
};

/** One line for a scenario that has finished: verdict, id, how long it took, and the most important thing there is to say. */
export function formatScenarioLine(
  result: ScenarioResult,
  { color = false, idWidth = 24 }: { readonly color?: boolean; readonly idWidth?: number } = {},
): string {
  const paint = paintWith(color);
  const [mark, style] = MARKS[result.verdict];
  const duration = formatDuration(result.durationMs).padStart(10);
  const remark = remarkOf(result);
  const line = `${paint(style, mark.padEnd(7))} ${printable(result.id).padEnd(idWidth)} ${paint('dim', duration)}`;
  return remark === '' ? line : `${line}  ${printable(remark)}`;
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
      const warnings = result.findings.filter((finding) => finding.severity === 'warning').length;
      return warnings === 0 ? '' : `${String(warnings)} warning${warnings === 1 ? '' : 's'}`;
    }
  }
}
