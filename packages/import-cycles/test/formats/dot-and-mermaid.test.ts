import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { describe, expect, it } from 'vitest';
import { formatDot, formatMermaid } from '../../src/formats/index.ts';
import type { Edge } from '../report/graph-of.ts';
import { HOSTILE, hostileReport, reportOf, shopReport } from './sample-report.ts';

interface Drawn {
  readonly objects?: readonly { readonly _gvid: number; readonly name: string }[];
  readonly edges?: readonly {
    readonly tail: number;
    readonly head: number;
    readonly color?: string;
    readonly style?: string;
  }[];
}

/** What Graphviz itself makes of a text. */
async function drawn(dot: string): Promise<{ nodes: string[]; edges: string[] }> {
  const graph = JSON.parse((await Graphviz.load()).layout(dot, 'json', 'dot')) as Drawn;
  const name = (id: number): string => graph.objects!.find(({ _gvid }) => _gvid === id)!.name;
  return {
    nodes: (graph.objects ?? []).map((object) => object.name).filter((each) => !each.startsWith('cluster_')),
    edges: (graph.edges ?? []).map(
      ({ tail, head, color, style }) =>
        `${name(tail)} ${style === 'dashed' ? '-' : color === '#d1242f' ? '=' : '>'} ${name(head)}`,
    ),
  };
}

describe('formatDot', () => {
  it('draws the knots: what is to be moved and what is deferred look different', async () => {
    const report = await reportOf([
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
      ['a', 'c', { kind: 'function', line: 9 }],
      ['c', 'other'],
    ]);
    const graph = await drawn(formatDot(report));
    expect(graph.nodes).toEqual(['a', 'b', 'c']);
    const [move] = report.knots[0]!.importsToMove;
    const cycle = [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
    ].map(([from, to]) => `${from} ${from === move!.from ? '=' : '>'} ${to}`);
    expect(graph.edges.sort()).toEqual(['a - c', ...cycle].sort());
  });

  it('draws every module where that is asked for', async () => {
    const report = await reportOf(
      [
        ['a', 'b'],
        ['b', 'a'],
        ['c', 'd'],
        ['a', 'd'],
      ],
      ['alone'],
    );
    const graph = await drawn(formatDot(report, { modules: 'all' }));
    expect(graph.nodes.sort()).toEqual(['a', 'alone', 'b', 'c', 'd']);
    expect(graph.edges).toHaveLength(4);
  });

  it('survives every name', async () => {
    const graph = await drawn(formatDot(await hostileReport()));
    expect(graph.nodes).toHaveLength(HOSTILE.length);
    expect(graph.edges).toHaveLength(HOSTILE.length);
  });

  it('is a graph where there is no knot', async () => {
    expect((await drawn(formatDot(await reportOf([['a', 'b']])))).nodes).toEqual([]);
  });
});

describe('formatMermaid', () => {
  it('draws the knots', async () => {
    expect(formatMermaid(await shopReport())).toBe(`\
flowchart LR
  subgraph k0["2 modules import each other"]
    m0["shop.customers"]
    m1["shop.orders"]
    m0 ==> m1
    m1 --> m0
  end
  linkStyle 0 stroke:#d1242f,stroke-width:3px
`);
  });

  it('draws a deferred import dotted', async () => {
    const report = await reportOf([
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
      ['a', 'c', { kind: 'type-checking', line: 9 }],
    ]);
    expect(formatMermaid(report)).toContain('m0 -.-> m2');
  });

  it('lets no name out of its label', async () => {
    const lines = formatMermaid(await hostileReport())
      .trimEnd()
      .split('\n');
    const labels = lines.filter((line) => line.startsWith('    m') && line.includes('['));
    expect(labels).toHaveLength(HOSTILE.length);
    for (const label of labels) expect(label).toMatch(/^ {4}m\d+\["(?:[\p{L}\p{N} ._/-]|#\d+;)*"\]$/u);
    expect(lines).toHaveLength(2 + 2 * HOSTILE.length + 2);
  });

  it('stops before the number of edges that Mermaid refuses', async () => {
    const edges = Array.from({ length: 300 }, (_, at): Edge[] => [
      [`a${at}`, `b${at}`],
      [`b${at}`, `a${at}`],
    ]).flat();
    const text = formatMermaid(await reportOf(edges));
    expect(text.match(/-->|==>/g)).toHaveLength(500);
    expect(text).toContain('%% 50 more');
  });
});
