import type { FirstImport } from '../../report/import-report.ts';
import { errorText, howKnown } from '../knot-facts.ts';
import { escapeHtml } from './escape-html.ts';

/** What happens in a fresh interpreter for each module; those that crash first. */
export function firstImportTable(found: readonly FirstImport[], base: string): string {
  const rows = [...found]
    .sort((left, right) => Number(left.outcome === 'ok') - Number(right.outcome === 'ok'))
    .map((first) => row(first, base));
  return `<div class="scroll"><table class="first"><thead><tr><th>module</th><th>outcome</th><th>error</th><th>how it is known</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}

function row(first: FirstImport, base: string): string {
  const { module, outcome, error, chain } = first;
  const badge =
    outcome === 'ok' ? '<span class="badge green">✓ ok</span>' : '<span class="badge red">✗ crash</span>';
  const way = (chain ?? []).map(({ path, line }) => `${path}:${line}`).join(' → ');
  const text =
    error === undefined
      ? ''
      : `<code>${escapeHtml(errorText(first, base))}</code>${way === '' ? '' : `<div class="place">${escapeHtml(way)}</div>`}`;
  return `<tr data-outcome="${outcome}"><td><b>${escapeHtml(module)}</b></td><td>${badge}</td><td>${text}</td><td>${escapeHtml(howKnown(first))}</td></tr>`;
}
