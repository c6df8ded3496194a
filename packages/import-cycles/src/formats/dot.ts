import type { ImportReport } from '../report/import-report.ts';
import { type Arrow, knotGraph } from './knot-graph.ts';
import { knotSentence } from './knot-facts.ts';
import { printable } from './printable.ts';

export interface DotOptions {
  /** `knots` (where not given): what is tied up in cycles; `all`: every module and import. */
  readonly modules?: 'knots' | 'all';
}

/** The knots of a report in the language of Graphviz: red is to be moved, dashed is deferred. */
export function formatDot(report: ImportReport, options: DotOptions = {}): string {
  const lines = [
    'digraph imports {',
    '  rankdir=LR',
    '  node [shape=box style="rounded,filled" fillcolor="#f4f6fa" color="#5b6b86" fontname="Helvetica" fontsize=11]',
    '  edge [color="#5b6b86" fontname="Helvetica" fontsize=9]',
  ];
  report.knots.forEach((knot, number) => {
    const graph = knotGraph(report, knot);
    lines.push(
      `  subgraph cluster_${number} {`,
      `    label=${quoted(`${knotSentence(knot)} (${knot.id})`)}`,
      '    fontname="Helvetica" fontsize=11 color="#c8d0dd" style=rounded',
      ...graph.modules.map((name) => `    ${quoted(name)}`),
      ...graph.arrows.map((arrow) => `    ${quoted(arrow.from)} -> ${quoted(arrow.to)}${attributes(arrow)}`),
      '  }',
    );
  });
  if (options.modules === 'all') lines.push(...everythingElse(report));
  return `${lines.join('\n')}\n}\n`;
}

function everythingElse(report: ImportReport): string[] {
  const knotOf = new Map(report.knots.flatMap((knot) => knot.modules.map((name) => [name, knot.id])));
  const outside = report.modules
    .filter(({ name }) => !knotOf.has(name))
    .map(({ name }) => `  ${quoted(name)}`);
  const arrows = report.imports
    .filter(({ from, to }) => !knotOf.has(from) || knotOf.get(from) !== knotOf.get(to))
    .map(
      ({ from, to, kind }) =>
        `  ${quoted(from)} -> ${quoted(to)}${kind === 'module' ? '' : ' [style=dashed]'}`,
    );
  return [...outside, ...new Set(arrows)];
}

function attributes({ style, move, lines }: Arrow): string {
  const label =
    lines.length === 0 ? [] : [`label="${lines.slice(0, 3).join(', ')}${lines.length > 3 ? ', …' : ''}"`];
  const look = move
    ? ['color="#d1242f"', 'fontcolor="#d1242f"', 'penwidth=2.2']
    : style === 'deferred'
      ? ['style=dashed', 'constraint=false']
      : [];
  const all = [...label, ...look];
  return all.length === 0 ? '' : ` [${all.join(' ')}]`;
}

/** A quoted string of DOT: its escapes (`\N`, `\l`) and entities (`&lt;`) are taken literally. */
export function quoted(text: string): string {
  const literal = printable(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;');
  return `"${literal}"`;
}
