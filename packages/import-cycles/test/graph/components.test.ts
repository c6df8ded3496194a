import { alg, Graph } from '@dagrejs/graphlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knotsOf, stronglyConnectedComponents } from '../../src/graph/components.ts';
import { digraphFromEdges } from '../../src/graph/digraph.ts';
import { anyEdges, digraphOfEdges, edgesOf, type Edge } from './edges.ts';

function graphlibOf(nodeCount: number, edges: readonly Edge[]): Graph {
  const graph = new Graph();
  for (let node = 0; node < nodeCount; node++) graph.setNode(String(node));
  for (const [from, to] of edges) graph.setEdge(String(from), String(to));
  return graph;
}

const sorted = (groups: readonly (readonly string[])[]): number[][] =>
  groups.map((group) => group.map(Number).sort((a, b) => a - b)).sort((a, b) => a[0]! - b[0]!);

describe('stronglyConnectedComponents', () => {
  it('agrees with graphlib on random graphs', () => {
    fc.assert(
      fc.property(anyEdges(14, 40), ({ nodeCount, edges }) => {
        const { count, componentOf } = stronglyConnectedComponents(digraphOfEdges(nodeCount, edges));
        const groups = Array.from({ length: count }, (_, component) =>
          [...componentOf.keys()].filter((node) => componentOf[node] === component).map(String),
        );
        expect(sorted(groups)).toEqual(sorted(alg.tarjan(graphlibOf(nodeCount, edges))));
      }),
      { numRuns: 500 },
    );
  });

  it('numbers components against the edges between them', () => {
    fc.assert(
      fc.property(anyEdges(14, 40), ({ nodeCount, edges }) => {
        const digraph = digraphOfEdges(nodeCount, edges);
        const { componentOf } = stronglyConnectedComponents(digraph);
        for (const [from, to] of edgesOf(digraph)) {
          expect(componentOf[to]).toBeLessThanOrEqual(componentOf[from]!);
        }
      }),
    );
  });

  it('goes through a chain of a million nodes, and a ring of as many', () => {
    const nodeCount = 1_000_000;
    const from = Uint32Array.from({ length: nodeCount }, (_, node) => node);
    const to = from.map((node) => (node + 1) % nodeCount);
    const chain = digraphFromEdges(nodeCount, from.subarray(1), to.subarray(1));
    expect(stronglyConnectedComponents(chain).count).toBe(nodeCount);
    expect(knotsOf(chain)).toEqual([]);
    const ring = digraphFromEdges(nodeCount, from, to);
    expect(stronglyConnectedComponents(ring).count).toBe(1);
    expect(knotsOf(ring).map((knot) => knot.length)).toEqual([nodeCount]);
  });

  it('takes an empty graph', () => {
    expect(stronglyConnectedComponents(digraphOfEdges(0, [])).count).toBe(0);
  });
});

describe('knotsOf', () => {
  it('finds what graphlib calls cycles, in the order of their first nodes', () => {
    fc.assert(
      fc.property(anyEdges(14, 30), ({ nodeCount, edges }) => {
        const expected = sorted(alg.findCycles(graphlibOf(nodeCount, edges)));
        expect(knotsOf(digraphOfEdges(nodeCount, edges))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('counts a node that leads to itself, and no other single node', () => {
    const digraph = digraphOfEdges(5, [
      [4, 3],
      [3, 4],
      [2, 2],
      [0, 1],
    ]);
    expect(knotsOf(digraph)).toEqual([[2], [3, 4]]);
  });
});
