import stringWidth from 'string-width';
import type { CollectionProfile } from '../../model/collection-profile.ts';
import {
  countedByPytest,
  hiddenMs,
  mainRun,
  phaseLabel,
  type PhaseSpan,
  phaseSpans,
} from '../profile-facts.ts';
import { formatBytes, formatDuration, formatGrowth, formatShare } from '../quantity.ts';
import { paragraph } from './fit.ts';
import { sparkline } from './sparkline.ts';
import type { Page } from './page.ts';
import { type Cell, tableLines } from './table-lines.ts';

/** The whole wall time, phase by phase, each with its bar where it lies in time. */
export function phaseLines(profile: CollectionProfile, page: Page): string[] {
  const run = mainRun(profile);
  if (run === undefined || run.wallMs <= 0 || run.spans.length === 0) return [];
  const spans = phaseSpans(run);
  const room = barRoom(spans, page.columns);
  const at = (ms: number): number => Math.round((room * Math.min(ms, run.wallMs)) / run.wallMs);
  const bar = (fromMs: number, toMs: number, character: string): string => {
    const from = Math.min(at(fromMs), room - 1);
    return ' '.repeat(from) + character.repeat(Math.max(1, at(toMs) - from));
  };
  const rows = spans.map((span): Cell[] => {
    const large = span.wallMs >= run.wallMs / 5;
    return [
      { text: phaseLabel(span.name) },
      { text: formatDuration(span.wallMs), ...(large ? { style: 'bold' } : {}) },
      { text: formatShare(span.wallMs, run.wallMs) },
      { text: span.cpuMs === undefined ? '' : formatDuration(span.cpuMs) },
      { text: span.memoryBytes === undefined ? '' : formatGrowth(span.memoryBytes) },
      {
        text: bar(span.fromMs, span.fromMs + span.wallMs, '█'),
        style: span.name === 'collect' ? 'cyan' : 'blue',
      },
    ];
  });
  const pytests = countedByPytest(run);
  const dim = (text: string): Cell => ({ text, style: 'dim' });
  const counts =
    pytests === undefined
      ? []
      : [
          [
            dim('what pytest tells'),
            dim(formatDuration(run.pytestSaysMs!)),
            dim(formatShare(run.pytestSaysMs!, run.wallMs)),
            dim(''),
            dim(''),
            dim(bar(pytests.fromMs, pytests.toMs, '░')),
          ],
        ];
  const largest = run.memory.reduce((most, { bytes }) => Math.max(most, bytes), 0);
  const memory =
    run.memory.length < 2
      ? []
      : [
          [
            dim('resident memory'),
            dim(''),
            dim(''),
            dim(''),
            dim(formatBytes(largest)),
            { text: sparkline(run.memory, run.wallMs, room), style: 'magenta' as const },
          ],
        ];
  const hidden = hiddenMs(run);
  const remark =
    hidden === undefined || hidden < run.wallMs / 20
      ? ''
      : `: pytest's own figure hides ${formatDuration(hidden)} of it (${formatShare(hidden, run.wallMs)})`;
  return [
    ...paragraph('', `Where the ${formatDuration(run.wallMs)} go${remark}`, page.columns).map((line) =>
      page.paint('bold', line),
    ),
    ...tableLines(
      [
        { title: '', kind: 'name' },
        { title: 'wall', kind: 'figure' },
        { title: '', kind: 'figure' },
        { title: 'CPU', kind: 'figure', spare: 1 },
        { title: 'memory', kind: 'figure', spare: 2 },
        { title: '', kind: 'name' },
      ],
      [...rows, ...counts, ...memory],
      page,
    ),
  ];
}

/** Columns of the bars, below which the table goes without other columns. */
const LEAST_BAR = 20;

/** Columns that the other cells leave for the bars: the widest figures that there may be are set, so that nothing is cut. */
function barRoom(spans: readonly PhaseSpan[], columns: number): number {
  const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => stringWidth(text)));
  const name = widest([...spans.map((span) => phaseLabel(span.name)), 'what pytest tells']);
  const wall = widest(spans.map(({ wallMs }) => formatDuration(wallMs)));
  const fixed = 2 + name + 2 + wall + 2 + '< 0.1 %'.length + 2;
  const cpu = 2 + wall;
  const memory = 2 + '+12.3 MB'.length;
  // A short bar shows nothing: the table then goes without memory, and without CPU time.
  const room = [columns - fixed - cpu - memory, columns - fixed - cpu].find((each) => each >= LEAST_BAR);
  return Math.min(60, room ?? Math.max(8, columns - fixed));
}
