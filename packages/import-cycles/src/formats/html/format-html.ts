import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { ImportReport, Knot } from '../../report/import-report.ts';
import type { ReadSource } from '../../report/source-text.ts';
import { counted } from '../counted.ts';
import { firstImportsIn, knotSentence } from '../knot-facts.ts';
import { openGraphviz } from './draw-knot.ts';
import { escapeHtml } from './escape-html.ts';
import { firstImportTable } from './first-import-table.ts';
import { knotSection } from './knot-section.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

export interface HtmlOptions {
  /** Reads a file by the path in the report; without it no source is shown. */
  readonly readSource?: ReadSource;
  /** Knots that are drawn, the largest first; 40 where not given. The others are described in words. */
  readonly maxDrawn?: number;
}

/** A report as one HTML file that needs no network: its policy forbids any. */
export async function formatHtml(report: ImportReport, options: HtmlOptions = {}): Promise<string> {
  const { knots } = report;
  const draw = knots.length === 0 ? undefined : await openGraphviz();
  const maxDrawn = options.maxDrawn ?? 40;
  const sections = knots.map((knot, at) =>
    knotSection(report, knot, at < maxDrawn ? draw : undefined, options.readSource),
  );
  const name = escapeHtml(basename(report.base));
  const hash = createHash('sha256').update(SCRIPT).digest('base64');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Imports of ${name}</title>
<style>${STYLE}</style>
</head>
<body>
<header class="top">
<div><h1>Imports of ${name}</h1><p class="facts">${facts(report)}</p></div>
<button id="theme" aria-label="Dark or light">◐</button>
</header>
<div class="figures">${figures(report)}</div>
${knots.length === 0 ? empty(report) : `<div class="columns">\n<nav>${navigation(report)}</nav>\n<main>${sections.join('\n')}<p id="nothing" hidden>No knot matches.</p></main>\n</div>`}
${elsewhere(report)}
${remarks(report)}
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function facts(report: ImportReport): string {
  return [
    counted(report.modules.length, 'module'),
    counted(report.imports.length, 'import'),
    `${report.view} view`,
    escapeHtml(report.base),
  ].join(' · ');
}

function figures(report: ImportReport): string {
  const { knots, firstImports } = report;
  const accepted = knots.filter((knot) => knot.accepted).length;
  const crashes = firstImports.filter(({ outcome }) => outcome === 'crash').length;
  const figure = (value: number, label: string, tone: string): string =>
    `<div class="figure ${value === 0 ? 'green' : tone}"><b>${value.toLocaleString('en-GB')}</b><span>${label}</span></div>`;
  return [
    figure(
      knots.length,
      `${knots.length === 1 ? 'knot' : 'knots'}${accepted === 0 ? '' : `, ${accepted} accepted`}`,
      accepted === knots.length ? 'amber' : 'red',
    ),
    figure(new Set(knots.flatMap(({ modules }) => modules)).size, 'modules in knots', 'amber'),
    figure(
      knots.reduce((sum, { importsToMove }) => sum + importsToMove.length, 0),
      'imports to move',
      'amber',
    ),
    ...(firstImports.length === 0
      ? []
      : [
          figure(
            crashes,
            `of ${firstImports.length.toLocaleString('en-GB')} crash when imported first`,
            'red',
          ),
        ]),
  ].join('');
}

function navigation(report: ImportReport): string {
  const items = report.knots.map((knot) => {
    const words = knot.modules.join(' ');
    return `<li data-words="${escapeHtml(words.toLowerCase())}"><a href="#${knot.id}">${navigationText(report, knot)}</a></li>`;
  });
  return `<input id="search" type="search" placeholder="Find a module or a knot" aria-label="Find a module or a knot"><ul id="knots">${items.join('\n')}</ul>`;
}

function navigationText(report: ImportReport, knot: Knot): string {
  const crashes = firstImportsIn(report, knot).filter(({ outcome }) => outcome === 'crash').length;
  const names = knot.modules.slice(0, 3).map((name) => escapeHtml(name));
  const badges = [
    ...(crashes > 0 ? [`<span class="badge red">${counted(crashes, 'crash', 'crashes')}</span>`] : []),
    ...(knot.accepted ? ['<span class="badge amber">accepted</span>'] : []),
  ];
  const title =
    knot.modules.length === 1 ? escapeHtml(knotSentence(knot)) : counted(knot.modules.length, 'module');
  return `<b>${title}</b> ${badges.join(' ')}<span>${names.join(', ')}${knot.modules.length > 3 ? ', …' : ''}</span>`;
}

function elsewhere(report: ImportReport): string {
  const inKnots = new Set(report.knots.flatMap(({ modules }) => modules));
  const outside = report.firstImports.filter(({ module }) => !inKnots.has(module));
  if (outside.length === 0) return '';
  return `<section class="panel"><h3>When imported first, outside these knots</h3><p class="note">A package’s <code>__init__</code> is executed before its modules: the runtime view shows these cycles.</p>${firstImportTable(outside, report.base)}</section>`;
}

function remarks(report: ImportReport): string {
  const at = ({ path, line }: { path: string; line?: number }): string =>
    `<span class="place">${escapeHtml(path)}${line === undefined ? '' : `:${line}`}</span>`;
  const items = [
    ...report.problems.map(
      (problem) => `<li>${at(problem)} ${problem.kind}: ${escapeHtml(problem.message)}</li>`,
    ),
    ...report.stale.map((stale) => `<li>${at(stale)} ${escapeHtml(stale.message)}</li>`),
    ...report.ignored.map((entry) => `<li>${at(entry)} ignored: ${escapeHtml(entry.reason)}</li>`),
  ];
  if (items.length === 0) return '';
  return `<section class="panel"><h3>Remarks</h3><ul class="names">${items.join('')}</ul></section>`;
}

function empty(report: ImportReport): string {
  return `<section class="panel empty"><p>✓ No import cycles among ${counted(report.modules.length, 'module')}.</p></section>`;
}
