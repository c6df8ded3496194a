import type { CollectionProfile, WorkerEstimate } from '../../model/collection-profile.ts';
import type { ThreadStack } from '../../model/thread-stack.ts';
import { faultSentence } from '../fault-sentence.ts';
import { outcomeSentence } from '../outcome-sentence.ts';
import { printable, printableLines } from '../printable.ts';
import { hiddenMs, mainRun, shownPath } from '../profile-facts.ts';
import { counted, formatBytes, formatDuration, formatLimit, formatShare, grouped } from '../quantity.ts';
import { threadTitle } from '../thread-facts.ts';
import { escapeHtml } from './escape-html.ts';

const MARKS = { good: '✓', poor: '!', bad: '✗' } as const;

/** How the collection ended, in one sentence, with all that is known of an end that nobody wanted. */
export function verdict(profile: CollectionProfile): string {
  const { tone, text, details } = outcomeSentence(profile);
  const run = mainRun(profile);
  const took =
    profile.outcome.kind === 'finished' && run !== undefined
      ? `, collected in ${formatDuration(run.wallMs)}`
      : '';
  const lines = details.map((detail) => `<p>${printableLines(detail).map(escapeHtml).join('<br>')}</p>`);
  const fault = faultSentence(profile);
  if (fault !== undefined) lines.push(`<p class="warning">${MARKS.poor} ${escapeHtml(printable(fault))}</p>`);
  return `<section class="verdict ${tone}"><h2><span class="mark" aria-hidden="true">${MARKS[tone]}</span> ${escapeHtml(text)}${took}</h2>
${lines.join('')}${evidence(profile)}</section>`;
}

function evidence({ outcome, root }: CollectionProfile): string {
  if (outcome.kind === 'plugin-failure' && outcome.traceback !== undefined)
    return `<details open><summary>Traceback</summary>${traceback(outcome.traceback)}</details>`;
  if (outcome.kind !== 'timed-out' && outcome.kind !== 'crashed') return '';
  return outcome.stacks
    .slice(0, 20)
    .map(
      (stack, at) =>
        `<details${at === 0 ? ' open' : ''}><summary>${escapeHtml(threadTitle(stack, at))}</summary>${frames(stack, root)}</details>`,
    )
    .join('');
}

function frames({ frames: all }: ThreadStack, root: string): string {
  const items = all
    .slice(0, 60)
    .map(
      ({ path, line, function: name }) =>
        `<li>${escapeHtml(name)} <span class="place">${escapeHtml(shownPath(path, root))}:${line}</span></li>`,
    );
  return `<ol class="names">${items.join('')}</ol>`;
}

/** A traceback as it was printed. */
export function traceback(text: string): string {
  return `<pre tabindex="0">${printableLines(text).map(escapeHtml).join('\n')}</pre>`;
}

/** The few figures that everyone wants, large. */
export function figures(profile: CollectionProfile): string {
  const run = mainRun(profile);
  const { runs, tests, smallestLimit, workers } = profile;
  if (run === undefined) return '';
  const hidden = hiddenMs(run);
  const cards = [
    card(
      formatDuration(run.wallMs),
      runs.warm !== undefined && runs.cold !== undefined
        ? `wall time; ${formatDuration(runs.cold.wallMs)} in the first run, without bytecode`
        : 'wall time',
    ),
    card(
      formatDuration(run.cpuMs),
      `CPU time${runs.warm !== undefined && runs.cold !== undefined ? `; ${formatDuration(runs.cold.cpuMs)} in the first run` : ''}`,
    ),
    ...(run.peak.source === 'none'
      ? []
      : [
          card(
            formatBytes(run.peak.bytes),
            `peak memory${smallestLimit === undefined ? '' : `; collects with a limit of ${formatLimit(smallestLimit.passes)}`}`,
          ),
        ]),
    card(
      grouped(tests.found - tests.deselected),
      `tests in ${counted(tests.files, 'file')}${tests.deselected === 0 ? '' : `; ${grouped(tests.deselected)} deselected`}`,
    ),
    ...(hidden === undefined
      ? []
      : [
          card(
            formatShare(hidden, run.wallMs),
            `hidden by pytest, which tells ${formatDuration(run.pytestSaysMs!)}`,
            hidden > run.wallMs / 3 ? 'amber' : '',
          ),
        ]),
    ...(workers === undefined ? [] : [workerCard(workers)]),
  ];
  return cards.join('');
}

function workerCard({ largest, cpus, limit, origin }: WorkerEstimate): string {
  if (largest < 1)
    return card('-n 0', `not even one worker fits into ${formatLimit(limit)} (${escapeHtml(origin)})`, 'red');
  if (largest <= cpus)
    return card(
      `-n ${largest}`,
      `is the largest that fits into ${formatLimit(limit)} (${escapeHtml(origin)})`,
    );
  return card(
    `-n ${cpus}`,
    `a worker for each CPU; memory is enough for ${grouped(largest)} (${escapeHtml(origin)})`,
  );
}

function card(value: string, label: string, tone = ''): string {
  return `<div class="figure ${tone}"><b>${value}</b><span>${label}</span></div>`;
}
