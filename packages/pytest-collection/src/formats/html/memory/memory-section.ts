import type { CollectionProfile, RunFigures } from '../../../model/collection-profile.ts';
import { mainRun, phaseLabel } from '../../profile-facts.ts';
import { formatBytes, formatDuration } from '../../quantity.ts';
import { escapeHtml } from '../escape-html.ts';
import { phaseClass } from '../phase-section.ts';
import { memoryScale, type MemoryScale } from './memory-scale.ts';
import { thinned } from './thinned.ts';

/** Points of the curve that are drawn at most. */
const MOST_POINTS = 600;

/** Lines that are closer than this, of 1000, leave no room for a label between them. */
const CLOSE = 80;

/** Memory over time, with the phases as bands, the limits as lines, and its peak. */
export function memorySection(profile: CollectionProfile): string {
  const run = mainRun(profile);
  if (run === undefined || run.memory.length < 2 || run.wallMs <= 0) return '';
  const scale = memoryScale(profile, run);
  const samples = thinned(run.memory, MOST_POINTS);
  const points = samples.map(({ atMs, bytes }) => `${scale.x(atMs).toFixed(1)},${scale.y(bytes).toFixed(1)}`);
  const from = scale.x(samples[0]!.atMs).toFixed(1);
  const to = scale.x(samples.at(-1)!.atMs).toFixed(1);
  const data = JSON.stringify(samples.map(({ atMs, bytes }) => [Math.round(atMs * 10) / 10, bytes]));
  return `<section class="panel" id="memory"><h2>Memory over time <small>resident, of the pytest process</small></h2>
<figure class="curve" data-wall="${run.wallMs}" data-top="${scale.top}" data-samples="${data}">
<div class="plot" tabindex="0" role="img" aria-label="${escapeHtml(inWords(run))}">
<svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">${bands(run, scale)}${grid(scale)}
<polygon class="area" points="${from},1000 ${points.join(' ')} ${to},1000"/><polyline class="line" points="${points.join(' ')}"/>${lines(scale)}</svg>
${labels(run, scale)}${peakMark(run, scale)}<div class="cross" hidden></div><output class="tip" hidden></output></div>
<div class="times">${scale.times.map((ms) => `<span style="left:${scale.x(ms) / 10}%">${formatDuration(ms)}</span>`).join('')}</div>
${scale.remarks.length === 0 ? '' : `<figcaption>${scale.remarks.map(escapeHtml).join(' · ')}</figcaption>`}</figure></section>`;
}

function inWords({ memory, wallMs, peak }: RunFigures): string {
  const top = memory.reduce((best, sample) => (sample.bytes > best.bytes ? sample : best));
  return `Memory over ${formatDuration(wallMs)}: at most ${formatBytes(top.bytes)} after ${formatDuration(top.atMs)}; ${formatBytes(peak.bytes)} for all processes. Arrow keys move along the curve.`;
}

function bands({ spans }: RunFigures, scale: MemoryScale): string {
  return spans
    .map(
      ({ name, fromMs, toMs }) =>
        `<rect class="${phaseClass(name)}" x="${scale.x(fromMs).toFixed(1)}" y="0" width="${(scale.x(toMs) - scale.x(fromMs)).toFixed(1)}" height="1000"/>`,
    )
    .join('');
}

function grid(scale: MemoryScale): string {
  return scale.amounts
    .map((bytes) => `<line class="grid" x1="0" x2="1000" y1="${scale.y(bytes)}" y2="${scale.y(bytes)}"/>`)
    .join('');
}

function lines(scale: MemoryScale): string {
  return scale.lines
    .map(
      ({ kind, bytes }) =>
        `<line class="${kind}" x1="0" x2="1000" y1="${scale.y(bytes)}" y2="${scale.y(bytes)}"/>`,
    )
    .join('');
}

/** Texts lie above the drawing, so that they keep their size whatever its width. */
function labels({ spans, wallMs }: RunFigures, scale: MemoryScale): string {
  const phases = spans
    .filter(({ fromMs, toMs }) => (toMs - fromMs) / wallMs >= 0.06)
    .map(
      ({ name, fromMs, toMs }) =>
        `<span class="phase" style="left:${scale.x(fromMs) / 10}%;width:${(scale.x(toMs) - scale.x(fromMs)) / 10}%">${escapeHtml(phaseLabel(name))}</span>`,
    );
  const amounts = scale.amounts.map(
    (bytes) => `<span class="amount" style="top:${scale.y(bytes) / 10}%">${formatBytes(bytes)}</span>`,
  );
  const heights = scale.lines.map(({ bytes }) => scale.y(bytes));
  const limits = scale.lines.map(({ kind, label }, at) => {
    // Of two lines close to each other the lower one has its label below.
    const crowded = heights.some((height) => height < heights[at]! && heights[at]! - height < CLOSE);
    return `<span class="label ${kind}${crowded ? ' below' : ''}" style="top:${heights[at]! / 10}%">${escapeHtml(label)}</span>`;
  });
  return [...phases, ...amounts, ...limits].join('');
}

function peakMark({ memory }: RunFigures, scale: MemoryScale): string {
  const top = memory.reduce((best, sample) => (sample.bytes > best.bytes ? sample : best));
  const side = scale.x(top.atMs) > 700 ? 'before' : 'after';
  return `<span class="summit ${side}" style="left:${scale.x(top.atMs) / 10}%;top:${scale.y(top.bytes) / 10}%"><b>${formatBytes(top.bytes)}</b></span>`;
}
