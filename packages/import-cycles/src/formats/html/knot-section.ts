import type { ImportReport, Knot } from '../../report/import-report.ts';
import type { ReadSource } from '../../report/source-text.ts';
import { counted } from '../counted.ts';
import { cycleLine, firstImportsIn, knotSentence, proofPhrase } from '../knot-facts.ts';
import { knotGraph } from '../knot-graph.ts';
import { codeLines } from './code-lines.ts';
import type { DrawKnot } from './draw-knot.ts';
import { escapeHtml, escapeProse } from './escape-html.ts';
import { firstImportTable } from './first-import-table.ts';

/** Above these a drawing is no use to anyone, and takes seconds to lay out. */
const MOST_MODULES_DRAWN = 30;
const MOST_ARROWS_DRAWN = 100;
const MOST_CYCLES_LISTED = 50;
const MOST_MOVES_SHOWN = 200;

/** One knot: its graph, its shortest cycle, the imports to move, and what happens when its modules come first. */
export function knotSection(
  report: ImportReport,
  knot: Knot,
  draw: DrawKnot | undefined,
  readSource: ReadSource | undefined,
): string {
  const first = firstImportsIn(report, knot);
  const state = knot.accepted ? '<span class="badge amber">accepted</span>' : '';
  return `<article class="knot" id="${knot.id}">
<header><h2>${escapeHtml(knotSentence(knot))} ${state}</h2><code class="id">${knot.id}</code></header>
${drawing(report, knot, draw)}
<section><h3>Shortest cycle</h3>${witness(knot)}</section>
<section><h3>Move ${counted(knot.importsToMove.length, 'import')} <small>${proofPhrase(knot)}</small></h3>
<div class="moves">${knot.importsToMove
    .slice(0, MOST_MOVES_SHOWN)
    .map((move) => moveCard(move, readSource))
    .join('\n')}</div>${leftOut(knot)}</section>
${first.length === 0 ? '' : `<section><h3>When imported first</h3>${firstImportTable(first, report.base)}</section>`}
${details(knot)}
</article>`;
}

function drawing(report: ImportReport, knot: Knot, draw: DrawKnot | undefined): string {
  if (draw === undefined) return '';
  let most = MOST_MODULES_DRAWN;
  let graph = knotGraph(report, knot, most);
  while (graph.arrows.length > MOST_ARROWS_DRAWN && most > 10) {
    most = Math.floor(most * 0.7);
    graph = knotGraph(report, knot, most);
  }
  const crashing = new Set(
    report.firstImports.filter(({ outcome }) => outcome === 'crash').map(({ module }) => module),
  );
  const note =
    graph.omitted === 0
      ? ''
      : `<p class="note">Drawn: the ${counted(graph.modules.length, 'module')} of the shortest cycles; ${graph.omitted.toLocaleString('en-GB')} more are tied in.</p>`;
  const svg = draw(graph, crashing);
  const keys: readonly (readonly [look: string, text: string, occurs: boolean])[] = [
    ['cycle', report.view === 'all' ? 'import' : 'import at import time', true],
    ['witness', 'shortest cycle', true],
    ['move', 'to be moved', graph.arrows.some(({ move }) => move)],
    ['deferred', 'deferred', graph.arrows.some(({ style }) => style === 'deferred')],
    ['crash', 'crashes when imported first', graph.modules.some((name) => crashing.has(name))],
  ];
  return `<figure class="graph">
<div class="canvas" style="height:${heightFor(svg)}px">${svg}</div>
<div class="tools"><button data-zoom="1.5" aria-label="Zoom in">+</button><button data-zoom="0.667" aria-label="Zoom out">−</button><button data-zoom="0" aria-label="Fit">fit</button></div>
<figcaption>${keys.map(([look, text, occurs]) => (occurs ? `<span class="key ${look}">${text}</span>` : '')).join('')}</figcaption>
</figure>${note}`;
}

/** Pixels: room for the drawing at one and a half times its size, within reason. */
function heightFor(svg: string): number {
  const points = Number(/viewBox="\S+ \S+ \S+ ([\d.]+)"/.exec(svg)?.[1] ?? 300);
  return Math.round(Math.min(Math.max(points * 1.5, 150), 520));
}

function witness(knot: Knot): string {
  const steps = knot.witness.map(
    ({ from, path, line, kind }) =>
      `<li><b>${escapeHtml(from)}</b><span class="place">${escapeHtml(path)}:${line}${kind === 'module' ? '' : ` <i>${kind}</i>`}</span></li>`,
  );
  return `<ol class="cycle">${steps.join('')}<li class="again"><b>${escapeHtml(knot.witness[0]!.from)}</b></li></ol>`;
}

function moveCard(move: Knot['importsToMove'][number], readSource: ReadSource | undefined): string {
  return `<div class="card"><p class="where"><span class="badge fix">${move.fix.kind}</span> <b>${escapeHtml(move.from)}</b> → <b>${escapeHtml(move.to)}</b> <span class="place">${escapeHtml(move.path)}:${move.line}:${move.column}</span></p>
${codeLines(readSource, move.path, move.line)}<p>${escapeProse(move.fix.text)}</p></div>`;
}

function leftOut(knot: Knot): string {
  const count = knot.importsToMove.length - MOST_MOVES_SHOWN;
  return count > 0
    ? `<p class="note">… and ${counted(count, 'more import')}, all of them in the JSON report.</p>`
    : '';
}

function details(knot: Knot): string {
  const listed = knot.cycles.list.slice(0, MOST_CYCLES_LISTED);
  const atLeast = knot.cycles.complete ? '' : 'at least ';
  const cycles = listed.map((cycle) => `<li>${escapeHtml(cycleLine([...cycle, cycle[0]!], 16))}</li>`);
  const modules = knot.modules.map((name) => `<li>${escapeHtml(name)}</li>`);
  const fresh = (knot.newArcs ?? []).map(({ from, to }) => `<li>${escapeHtml(`${from} → ${to}`)}</li>`);
  return `${fresh.length === 0 ? '' : `<details open><summary>${counted(fresh.length, 'arc')} not in the baseline</summary><ul>${fresh.join('')}</ul></details>`}
<details><summary>${atLeast}${counted(knot.cycles.list.length, 'cycle')}</summary><ol class="names">${cycles.join('')}</ol></details>
<details><summary>${counted(knot.modules.length, 'module')}</summary><ul class="names">${modules.join('')}</ul></details>`;
}
