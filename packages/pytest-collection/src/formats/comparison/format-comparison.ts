import { printable } from '../printable.ts';
import { counted } from '../quantity.ts';
import { paragraph, cut } from '../text/fit.ts';
import type { TextOptions } from '../text/format-text.ts';
import type { Page } from '../text/page.ts';
import { painter, type Style } from '../text/paint.ts';
import { type Cell, tableLines } from '../text/table-lines.ts';
import { TONES } from '../text/tones.ts';
import {
  type AnyComparison,
  type ComparisonFacts,
  comparisonFacts,
  type FigureRow,
} from './comparison-facts.ts';

/** A comparison for a reader at a terminal, the verdict first. Ends with a line feed. */
export function formatComparison(comparison: AnyComparison, options: TextOptions): string {
  const page: Page = { paint: painter(options.color), columns: Math.max(48, options.columns ?? 100) };
  const facts = comparisonFacts(comparison);
  const blocks = [
    [page.paint('bold', cut(printable(facts.title), page.columns))],
    facts.verdicts.flatMap(({ tone, text }) => {
      const { mark, style } = TONES[tone];
      return paragraph(`${page.paint(style, mark)} `, printable(text), page.columns);
    }),
    differenceLines(facts, page),
    figureLines(facts, page),
    ...facts.groups.map((group) => groupLines(group, page)),
    facts.notes
      .flatMap((note) => paragraph('  ', printable(note), page.columns))
      .map((line) => page.paint('dim', line)),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function differenceLines({ differences = [] }: ComparisonFacts, { paint, columns }: Page): string[] {
  return differences.flatMap(({ message, examples }) => [
    ...paragraph(`  ${paint('red', '●')} `, printable(message), columns),
    ...examples
      .slice(0, 5)
      .map((example) => paint('dim', `      ${cut(printable(example), columns - 6, 'start')}`)),
    ...(examples.length > 5
      ? [paint('dim', `      … and ${counted(examples.length - 5, 'more example')}`)]
      : []),
  ]);
}

const CONCLUSIONS: Readonly<
  Record<FigureRow['conclusion'], { readonly text: string; readonly style: Style }>
> = {
  less: { text: 'less', style: 'green' },
  more: { text: 'more', style: 'red' },
  same: { text: 'same', style: 'dim' },
  'cannot-tell': { text: 'cannot tell', style: 'yellow' },
};

function figureLines({ rows, heads }: ComparisonFacts, page: Page): string[] {
  if (rows.length === 0) return [];
  const cells = rows.map(({ group, name, before, after, change, range, conclusion }, at): Cell[] => [
    { text: at > 0 && rows[at - 1]!.group === group ? '' : group },
    { text: name },
    { text: before },
    { text: after },
    { text: change, style: 'bold' },
    { text: range, style: 'dim' },
    CONCLUSIONS[conclusion],
  ]);
  // Names of sides are the user's, and of any length.
  const head = Math.min(16, Math.floor((page.columns - 32) / 2));
  return tableLines(
    [
      { title: '', kind: 'word' },
      { title: '', kind: 'word' },
      { title: cut(printable(heads[0]), head), kind: 'figure' },
      { title: cut(printable(heads[1]), head), kind: 'figure' },
      { title: 'change', kind: 'figure' },
      { title: '', kind: 'word', spare: 2 },
      { title: '', kind: 'word', spare: 1 },
    ],
    cells,
    page,
  );
}

function groupLines({ title, noun, changes }: ComparisonFacts['groups'][number], page: Page): string[] {
  const most = 10;
  const rows = changes
    .slice(0, most)
    .map(({ name, before, after, change, memory, certainty, clock }): Cell[] => [
      { text: printable(name) },
      { text: before },
      { text: after },
      {
        text: change,
        style:
          certainty === 'likely' ? (change.startsWith('-') || change === 'gone' ? 'green' : 'red') : 'dim',
      },
      { text: memory },
      { text: clock, style: 'dim' },
      { text: certainty, style: 'dim' },
    ]);
  return [
    page.paint('bold', title),
    ...tableLines(
      [
        { title: '', kind: 'path' },
        { title: 'before', kind: 'figure' },
        { title: 'after', kind: 'figure' },
        { title: 'change', kind: 'figure' },
        { title: 'memory', kind: 'figure', spare: 2 },
        { title: 'clock', kind: 'name', spare: 3 },
        { title: '', kind: 'name', spare: 1 },
      ],
      rows,
      page,
    ),
    ...(changes.length > most
      ? [page.paint('dim', `  … and ${counted(changes.length - most, `more ${noun}`)}`)]
      : []),
  ];
}
