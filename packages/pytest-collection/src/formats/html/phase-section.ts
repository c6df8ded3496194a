import { PHASE_NAMES } from '../../model/phase-names.ts';
import type { CollectionProfile } from '../../model/collection-profile.ts';
import { countedByPytest, hiddenMs, mainRun, phaseLabel, phaseSpans } from '../profile-facts.ts';
import { formatDuration, formatGrowth, formatShare } from '../quantity.ts';
import { escapeHtml } from './escape-html.ts';

/** The whole wall time as a bar, what pytest's own figure covers below it, and a table of its phases. */
export function phaseSection(profile: CollectionProfile): string {
  const run = mainRun(profile);
  if (run === undefined || run.wallMs <= 0 || run.spans.length === 0) return '';
  const percent = (ms: number): string => `${((100 * ms) / run.wallMs).toFixed(3)}%`;
  const spans = phaseSpans(run);
  const bar = spans.map(({ name, fromMs, wallMs }) => {
    const label = `${escapeHtml(phaseLabel(name))}: ${formatDuration(wallMs)}`;
    return `<div class="span ${phaseClass(name)}" style="left:${percent(fromMs)};width:${percent(wallMs)}" title="${label}">${wallMs < run.wallMs * 0.05 ? '' : `<span>${escapeHtml(phaseLabel(name))}</span>`}</div>`;
  });
  const pytests = countedByPytest(run);
  const brace =
    pytests === undefined
      ? ''
      : `<div class="brace" style="margin-left:${percent(pytests.fromMs)};width:${percent(pytests.toMs - pytests.fromMs)}"><span>pytest tells ${formatDuration(run.pytestSaysMs!)}</span></div>`;
  const hidden = hiddenMs(run);
  const small =
    hidden === undefined ? '' : ` <small>pytest’s own figure hides ${formatDuration(hidden)} of it</small>`;
  const rows = spans.map(
    ({
      name,
      wallMs,
      cpuMs,
      memoryBytes,
    }) => `<tr><th scope="row"><i class="dot ${phaseClass(name)}"></i>${escapeHtml(phaseLabel(name))}</th>
<td class="n">${formatDuration(wallMs)}</td><td class="n">${formatShare(wallMs, run.wallMs)}</td><td class="n">${cpuMs === undefined ? '' : formatDuration(cpuMs)}</td><td class="n">${memoryBytes === undefined ? '' : formatGrowth(memoryBytes)}</td></tr>`,
  );
  return `<section class="panel" id="phases"><h2>Where the ${formatDuration(run.wallMs)} go${small}</h2>
<div class="phases">${bar.join('')}</div>${brace}
<div class="scroll"><table class="narrow"><thead><tr><th>phase</th><th class="n">wall</th><th class="n"></th><th class="n">CPU</th><th class="n">memory</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div></section>`;
}

const PHASES: ReadonlySet<string> = new Set(PHASE_NAMES);

/** A class name for a phase, for its colour. */
export function phaseClass(name: string): string {
  return `phase-${PHASES.has(name) ? name : 'other'}`;
}
