import type { CollectionProfile, RunFigures } from '../../model/collection-profile.ts';
import type { ThreadStack } from '../../model/thread-stack.ts';
import { faultSentence } from '../fault-sentence.ts';
import { outcomeSentence } from '../outcome-sentence.ts';
import { printable, printableLines } from '../printable.ts';
import { projectName, shownPath } from '../profile-facts.ts';
import { counted, formatBytes, formatDuration } from '../quantity.ts';
import { tellingFrames, threadTitle } from '../thread-facts.ts';
import { versionFacts } from '../version-facts.ts';
import { cut, paragraph } from './fit.ts';
import type { Page } from './page.ts';
import { type Cell, tableLines } from './table-lines.ts';
import { TONES } from './tones.ts';

/** What was collected, how it ended, and the few figures that everyone wants. */
export function headlineLines(profile: CollectionProfile, page: Page): string[] {
  const { paint, columns } = page;
  const { tone, text, details } = outcomeSentence(profile);
  const { mark, style } = TONES[tone];
  const versions = versionFacts(profile);
  const facts = versions.length === 0 ? '' : `${versions.join(', ')}: `;
  return [
    `${paint('bold', cut(`Collection of ${printable(projectName(profile))}`, columns))}`,
    ...paragraph('', `${facts}${printable(profile.command)}`, columns).map((line) => paint('dim', line)),
    '',
    ...paragraph(`${paint(style, mark)} `, printable(text), columns).map((line) => paint('bold', line)),
    ...details.flatMap((detail) => printableLines(detail).flatMap((line) => paragraph('  ', line, columns))),
    ...stackLines(profile, page),
    ...faultLines(profile, page),
    '',
    ...runLines(profile, page),
  ];
}

function faultLines(profile: CollectionProfile, { paint, columns }: Page): string[] {
  const sentence = faultSentence(profile);
  if (sentence === undefined) return [];
  return paragraph('! ', printable(sentence), columns).map((line) => paint('yellow', line));
}

function runLines({ runs, tests }: CollectionProfile, page: Page): string[] {
  const rows = [
    runRow('first run', runs.cold, tests.found),
    runRow('later runs', runs.warm, tests.found),
  ].filter((row) => row !== undefined);
  if (rows.length === 0) return [];
  return tableLines(
    [
      { title: '', kind: 'name' },
      { title: 'wall', kind: 'figure' },
      { title: 'CPU', kind: 'figure' },
      { title: 'peak memory', kind: 'figure' },
      { title: 'tests/s', kind: 'figure', spare: 3 },
      { title: 'rewriting', kind: 'figure', spare: 2 },
      { title: 'gc', kind: 'figure', spare: 2 },
      { title: 'bytecode', kind: 'name', spare: 4 },
    ],
    rows,
    page,
  );
}

function runRow(name: string, run: RunFigures | undefined, found: number): Cell[] | undefined {
  if (run === undefined) return undefined;
  const sources = run.bytecodeHits + run.bytecodeMisses;
  return [
    { text: name },
    { text: formatDuration(run.wallMs), style: 'bold' },
    { text: formatDuration(run.cpuMs) },
    { text: run.peak.source === 'none' ? '' : formatBytes(run.peak.bytes), style: 'bold' },
    { text: run.wallMs > 0 ? counted(Math.round((1000 * found) / run.wallMs), '', '').trim() : '' },
    { text: formatDuration(run.rewriteMs) },
    { text: formatDuration(run.gcMs) },
    { text: sources === 0 ? '' : `${run.bytecodeHits} of ${counted(sources, 'file')}`, style: 'dim' },
  ];
}

/** Of a hang or a crash: where the threads stood. */
function stackLines({ outcome, root }: CollectionProfile, { paint, columns }: Page): string[] {
  if (outcome.kind === 'plugin-failure' && outcome.traceback !== undefined)
    return printableLines(outcome.traceback)
      .slice(-12)
      .map((line) => paint('dim', cut(`    ${line}`, columns)));
  if (outcome.kind !== 'timed-out' && outcome.kind !== 'crashed') return [];
  const most = 4;
  const { stacks } = outcome;
  const lines = stacks
    .slice(0, most)
    .flatMap((stack, at) => threadLines(stack, at, root, { paint, columns }));
  if (stacks.length > most)
    lines.push(paint('dim', `  … and ${counted(stacks.length - most, 'more thread')}`));
  return lines;
}

function threadLines(stack: ThreadStack, at: number, root: string, { paint, columns }: Page): string[] {
  const most = 8;
  const frames = tellingFrames(stack);
  const shown = frames.slice(0, most).map(({ path, line, function: name }) => {
    const place = cut(`${printable(shownPath(path, root))}:${line}`, Math.max(20, columns - 30), 'start');
    return `    ${paint('cyan', place)}  ${cut(printable(name), 24)}`;
  });
  const others = stack.frames.length - shown.length;
  if (others > 0) shown.push(paint('dim', `    … ${counted(others, 'frame')} of pytest and the like`));
  return [`  ${paint('bold', cut(printable(threadTitle(stack, at)), columns - 2))}`, ...shown];
}
