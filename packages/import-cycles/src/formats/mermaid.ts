import type { ImportReport } from '../report/import-report.ts';
import { knotGraph } from './knot-graph.ts';
import { knotSentence } from './knot-facts.ts';
import { printable } from './printable.ts';

/** Mermaid draws no diagram with more edges than this unless its configuration is changed. */
const MOST_EDGES = 500;

/** The knots of a report as a Mermaid flowchart: thick red is to be moved, dotted is deferred. */
export function formatMermaid(report: ImportReport): string {
  const lines = ['flowchart LR'];
  const moved: number[] = [];
  let edge = 0;
  let node = 0;
  let omitted = 0;
  report.knots.forEach((knot, number) => {
    const { modules, arrows } = knotGraph(report, knot);
    if (edge + arrows.length > MOST_EDGES) {
      omitted++;
      return;
    }
    const ids = new Map(modules.map((name) => [name, `m${node++}`]));
    lines.push(`  subgraph k${number}["${escaped(knotSentence(knot))}"]`);
    for (const [name, id] of ids) lines.push(`    ${id}["${escaped(name)}"]`);
    for (const { from, to, style, move } of arrows) {
      lines.push(
        `    ${ids.get(from)} ${style === 'deferred' ? '-.->' : move ? '==>' : '-->'} ${ids.get(to)}`,
      );
      if (move) moved.push(edge);
      edge++;
    }
    lines.push('  end');
  });
  if (moved.length > 0) lines.push(`  linkStyle ${moved.join(',')} stroke:#d1242f,stroke-width:3px`);
  if (omitted > 0) lines.push(`  %% ${omitted} more: Mermaid draws no more than ${MOST_EDGES} edges`);
  return `${lines.join('\n')}\n`;
}

/** Mermaid's entity codes for all that could end a label or be taken for markup. */
function escaped(text: string): string {
  return printable(text).replace(/[^\p{L}\p{N} ._/-]/gu, (character) => `#${character.codePointAt(0)};`);
}
