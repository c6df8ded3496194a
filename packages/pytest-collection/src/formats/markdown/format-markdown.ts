import type { CollectionProfile, ProfileCause } from '../../model/collection-profile.ts';
import type { CollectionError } from '../../model/recording.ts';
import { errorCost } from '../error-cost.ts';
import { errorPlace } from '../error-place.ts';
import { faultSentence } from '../fault-sentence.ts';
import { limitSentences } from '../limit-sentences.ts';
import { outcomeSentence } from '../outcome-sentence.ts';
import { placeText } from '../place-text.ts';
import { printableLines } from '../printable.ts';
import { hiddenMs, mainRun, projectName } from '../profile-facts.ts';
import { counted, formatBytes, formatDuration, formatShare } from '../quantity.ts';
import { savingsText } from '../savings-text.ts';
import { versionFacts } from '../version-facts.ts';
import { painter } from '../text/paint.ts';
import { treeLines } from '../text/tree-lines.ts';
import { costSections, phaseLines } from './cost-lines.ts';
import { code, prose, table } from './escape-markdown.ts';
import { folded, more } from './folded.ts';
import { withinBytes } from './within-bytes.ts';

const MARKS = { good: '✅', poor: '⚠️', bad: '❌' } as const;

/** A profile as GitHub-flavoured Markdown, for `$GITHUB_STEP_SUMMARY` or a comment on a pull request: below 60 kB. */
export function formatMarkdown(profile: CollectionProfile): string {
  return withinBytes([
    { name: 'verdict', lines: headLines(profile) },
    { name: 'what to change', lines: causeLines(profile) },
    { name: 'errors', lines: errorLines(profile) },
    { name: 'phases', lines: phaseLines(profile) },
    ...costSections(profile),
    { name: 'tree', lines: folders(profile) },
  ]);
}

function headLines(profile: CollectionProfile): string[] {
  const { tone, text, details } = outcomeSentence(profile);
  const { runs } = profile;
  const run = mainRun(profile);
  const fault = faultSentence(profile);
  const rows = (['cold', 'warm'] as const).flatMap((name) => {
    const figures = runs[name];
    if (figures === undefined) return [];
    const peak = figures.peak.source === 'none' ? '' : formatBytes(figures.peak.bytes);
    return [
      [
        name === 'cold' ? 'first run' : 'later runs',
        formatDuration(figures.wallMs),
        formatDuration(figures.cpuMs),
        peak,
      ],
    ];
  });
  const hidden = run === undefined ? undefined : hiddenMs(run);
  return [
    `## ${MARKS[tone]} Collection of ${prose(projectName(profile))}: ${prose(text)}`,
    '',
    [code(profile.command), ...versionFacts(profile).map(prose)].join(' · '),
    '',
    ...details.flatMap((detail) => [prose(detail.slice(0, 2000)), '']),
    ...(fault === undefined ? [] : [`${MARKS.poor} ${prose(fault.slice(0, 2000))}`, '']),
    ...table(
      [
        ['', 'text'],
        ['wall', 'figure'],
        ['CPU', 'figure'],
        ['peak memory', 'figure'],
      ],
      rows,
    ),
    ...(run === undefined || hidden === undefined
      ? []
      : [
          '',
          `pytest’s own figure, ${formatDuration(run.pytestSaysMs!)}, hides ${formatDuration(hidden)} of it (${formatShare(hidden, run.wallMs)}).`,
        ]),
    ...limitSentences(profile).flatMap((sentence) => ['', `${prose(sentence)}.`]),
  ];
}

function causeLines({ causes }: CollectionProfile): string[] {
  if (causes.length === 0) return [];
  const shown = causes.slice(0, 20);
  return [
    '### What to change',
    '',
    ...shown.map(causeLine),
    ...more(causes.length - shown.length, 'more cause'),
  ];
}

function causeLine(cause: ProfileCause): string {
  const facts = [cause.certainty, savingsText(cause)].filter((fact) => fact !== '').join(', ');
  const place = cause.location === undefined ? '' : ` ${code(placeText(cause.location))}`;
  return `1. ${prose(cause.message)} (${facts})${place}<br>**Fix:** ${prose(cause.fix)}`;
}

function errorLines(profile: CollectionProfile): string[] {
  const { errors, root } = profile;
  if (errors.length === 0) return [];
  const shown = errors.slice(0, 10);
  const cost = errorCost(profile);
  return [
    `### ${counted(errors.length, 'error')}`,
    '',
    ...(cost === '' ? [] : [`${prose(cost)}.`, '']),
    ...shown.map((error) => errorBlock(error, root)),
    ...more(errors.length - shown.length, 'more error'),
  ];
}

function errorBlock(error: CollectionError, root: string): string {
  // Between HTML tags Markdown means nothing as long as no line is empty.
  const lines = printableLines(error.traceback)
    .slice(-25)
    .map((line) => line.slice(0, 300));
  const traceback = lines.map((line) =>
    line.trim() === '' ? '&nbsp;' : code(line).slice('<code>'.length, -'</code>'.length),
  );
  const summary = `<summary>${code(error.nodeId)} ${code(errorPlace(error, root))}: ${code(`${error.type}: ${error.message.split('\n')[0]}`)}</summary>`;
  return `<details>${summary}<pre>${traceback.join('\n')}</pre></details>`;
}

function folders(profile: CollectionProfile): string[] {
  const [, ...lines] = treeLines(profile, { paint: painter(false), columns: 110 });
  const escaped = lines.map((line) => line.replaceAll('&', '&amp;').replaceAll('<', '&lt;'));
  return lines.length === 0
    ? []
    : folded('Time and memory by folder and file', [`<pre>${escaped.join('\n')}</pre>`]);
}
