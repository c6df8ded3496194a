import { quoted } from '../dot.ts';
import type { Arrow, KnotGraph } from '../knot-graph.ts';
import { escapeHtml } from './escape-html.ts';

/** Lays out a knot and returns it as SVG whose colours come from the page's style sheet. */
export type DrawKnot = (graph: KnotGraph, crashing: ReadonlySet<string>) => string;

/** Loads Graphviz (WebAssembly), which takes a few dozen milliseconds. */
export async function openGraphviz(): Promise<DrawKnot> {
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
  const graphviz = await Graphviz.load();
  return (graph, crashing) => tidy(graphviz.layout(dotOf(graph, crashing), 'svg', 'dot'), graph);
}

function dotOf({ modules, arrows, knot }: KnotGraph, crashing: ReadonlySet<string>): string {
  const index = new Map(modules.map((name, at) => [name, at]));
  const witness = new Set(knot.witness.map(({ from, to }) => `${from}\0${to}`));
  const nodes = modules.map((name, at) => {
    const look = crashing.has(name) ? 'crash' : 'calm';
    return `n${at} [id="n${at}" class="${look}" label=${quoted(shortened(name))}]`;
  });
  const edges = arrows.map((arrow, at) => {
    const { from, to } = arrow;
    const look = [
      arrow.style,
      ...(arrow.move ? ['move'] : []),
      ...(witness.has(`${from}\0${to}`) ? ['witness'] : []),
    ];
    const more =
      arrow.style === 'deferred' ? ' style=dashed constraint=false' : ` weight=${arrow.move ? 1 : 3}`;
    const label = arrow.move ? ` label="  move  "` : '';
    return `n${index.get(from)} -> n${index.get(to)} [id="e${at}" class="${look.join(' ')}"${more}${label}]`;
  });
  return `digraph {
  bgcolor=transparent rankdir=LR nodesep=0.35 ranksep=0.7 pad=0.25
  node [shape=box style="rounded,filled" margin="0.2,0.11" height=0.3 fontname="Helvetica,Arial,sans-serif" fontsize=11]
  edge [arrowsize=0.7 fontname="Helvetica,Arial,sans-serif" fontsize=9]
  ${nodes.join('\n  ')}
  ${edges.join('\n  ')}
}`;
}

/** Keeps the `svg` element only, and gives its titles (which browsers show as tooltips) a meaning. */
function tidy(document: string, { modules, arrows }: KnotGraph): string {
  return document
    .slice(document.indexOf('<svg'))
    .replace(/<!--[^]*?-->\n?/g, '')
    .replace(/<title>%3<\/title>\n?/, '')
    .replace(/<g id="n(\d+)" class="([^"]*)">\s*<title>[^<]*<\/title>/g, (_, at: string, look: string) => {
      const name = escapeHtml(modules[Number(at)]!);
      return `<g class="${look}" data-module="${name}" tabindex="0"><title>${name}</title>`;
    })
    .replace(/<g id="e(\d+)" class="([^"]*)">\s*<title>[^<]*<\/title>/g, (_, at: string, look: string) => {
      const arrow = arrows[Number(at)]!;
      const ends = `data-from="${escapeHtml(arrow.from)}" data-to="${escapeHtml(arrow.to)}"`;
      return `<g class="${look}" ${ends}><title>${escapeHtml(tooltip(arrow))}</title>`;
    })
    .trim();
}

function tooltip({ from, to, lines, style, move }: Arrow): string {
  const where =
    lines.length === 0 ? '' : ` (line ${lines.slice(0, 5).join(', ')}${lines.length > 5 ? ', …' : ''})`;
  return `${from} imports ${to}${where}${style === 'deferred' ? ', deferred' : ''}${move ? ': to be moved' : ''}`;
}

/** The end of a long name tells most. */
function shortened(name: string): string {
  const characters = [...name];
  return characters.length <= 42 ? name : `…${characters.slice(-41).join('')}`;
}
