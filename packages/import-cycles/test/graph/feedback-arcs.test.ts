import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knotsOf } from '../../src/graph/components.ts';
import { digraphFromEdges } from '../../src/graph/digraph.ts';
import { minimumFeedbackArcs, type FeedbackArcs } from '../../src/graph/feedback-arcs.ts';
import { leastFeedbackWeight } from './brute-force.ts';
import { anyEdges, digraphOfEdges, type Edge } from './edges.ts';

const allOf = (nodeCount: number) => Array.from({ length: nodeCount }, (_, node) => node);

function leavesNoCycle(nodeCount: number, edges: readonly Edge[], { arcs }: FeedbackArcs): boolean {
  const removed = new Set(arcs.map(({ from, to }) => `${from}>${to}`));
  const left = edges.filter(([from, to]) => !removed.has(`${from}>${to}`));
  return knotsOf(digraphOfEdges(nodeCount, left)).length === 0;
}

/** Weights that depend on the edge only. */
const wholeWeight = (from: number, to: number) => 1 + ((from * 7 + to * 13) % 9);
const fractionalWeight = (from: number, to: number) => 0.1 + ((from * 31 + to * 17) % 23) / 7;

/** Edges of a random graph that is the same everywhere: a linear congruential generator. */
function randomEdges(nodeCount: number, edgeCount: number, seed: number): Edge[] {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * nodeCount);
  };
  return Array.from({ length: edgeCount }, (): Edge => [next(), next()]);
}

describe('minimumFeedbackArcs', () => {
  it.each([
    ['equal weights', () => 1],
    ['whole weights', wholeWeight],
    ['fractional weights', fractionalWeight],
  ])('is as light as the lightest set over all orders, with %s', (_, weight) => {
    fc.assert(
      fc.property(anyEdges(9, 40), ({ nodeCount, edges }) => {
        const found = minimumFeedbackArcs(digraphOfEdges(nodeCount, edges), allOf(nodeCount), { weight });
        expect(found.weight).toBeCloseTo(leastFeedbackWeight(nodeCount, edges, weight), 7);
        expect(found.proof).toBe('exact');
        expect(found.lowerBound).toBe(found.weight);
        expect(leavesNoCycle(nodeCount, edges, found)).toBe(true);
        const sum = found.arcs.reduce((total, { from, to }) => total + weight(from, to), 0);
        expect(sum).toBeCloseTo(found.weight, 7);
      }),
      { numRuns: 400 },
    );
  });

  it('names arcs of the digraph in order, and only among the given nodes', () => {
    const digraph = digraphOfEdges(6, [
      [5, 4],
      [4, 5],
      [1, 3],
      [3, 1],
      [3, 3],
      [0, 1],
      [1, 0],
    ]);
    const found = minimumFeedbackArcs(digraph, [5, 3, 1, 4]);
    expect(found).toMatchObject({ weight: 3, lowerBound: 3, proof: 'exact' });
    expect(found.arcs).toContainEqual({ from: 3, to: 3 });
    expect(found.arcs.map(({ from }) => from)).toEqual(found.arcs.map(({ from }) => from).toSorted());
    expect(found.arcs.some(({ from, to }) => from === 0 || to === 0)).toBe(false);
  });

  it('takes half of the arcs of a complete graph', () => {
    const nodes = allOf(7);
    const edges = nodes.flatMap((from) => nodes.flatMap((to): Edge[] => (from === to ? [] : [[from, to]])));
    expect(minimumFeedbackArcs(digraphOfEdges(7, edges), nodes)).toMatchObject({
      weight: 21,
      proof: 'exact',
    });
  });

  it('proves the least of a knot of hundreds of nodes', () => {
    // 120 rings of four, chained by arcs there and back: each ring needs one arc, each link one.
    const edges: Edge[] = [];
    for (let ring = 0; ring < 120; ring++) {
      const first = 4 * ring;
      edges.push([first, first + 1], [first + 1, first + 2], [first + 2, first + 3], [first + 3, first]);
      if (ring > 0) edges.push([first, first - 3], [first - 3, first]);
    }
    const digraph = digraphOfEdges(480, edges);
    expect(knotsOf(digraph)).toHaveLength(1);
    const found = minimumFeedbackArcs(digraph, allOf(480));
    expect(found).toMatchObject({ weight: 239, lowerBound: 239, proof: 'exact' });
    expect(leavesNoCycle(480, edges, found)).toBe(true);
  });

  it('proves the least of sparse random knots, between the bounds of a short search', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const edges = randomEdges(150, 330, seed);
      const digraph = digraphOfEdges(150, edges);
      const exact = minimumFeedbackArcs(digraph, allOf(150));
      expect(exact.proof).toBe('exact');
      expect(leavesNoCycle(150, edges, exact)).toBe(true);
      for (const workLimit of [0, 1000, 10_000]) {
        const short = minimumFeedbackArcs(digraph, allOf(150), { workLimit });
        expect(leavesNoCycle(150, edges, short)).toBe(true);
        expect(short.weight).toBeGreaterThanOrEqual(exact.weight);
        expect(short.lowerBound).toBeLessThanOrEqual(exact.weight);
        if (short.proof === 'exact') expect(short.weight).toBe(exact.weight);
      }
    }
  });

  it('says how far off it may be where the work limit ends a hard search, and is the same every time', () => {
    const edges = randomEdges(60, 900, 7);
    const digraph = digraphOfEdges(60, edges);
    const found = minimumFeedbackArcs(digraph, allOf(60), { workLimit: 3_000_000 });
    expect(found.proof).toBe('bound');
    expect(found.lowerBound).toBeGreaterThan(0);
    expect(found.lowerBound).toBeLessThan(found.weight);
    expect(found.weight).toBe(found.arcs.length);
    expect(leavesNoCycle(60, edges, found)).toBe(true);
    expect(minimumFeedbackArcs(digraph, allOf(60), { workLimit: 3_000_000 })).toEqual(found);
  });

  it('does not depend on the order of edges and nodes', () => {
    fc.assert(
      fc.property(
        anyEdges(9, 40).chain(({ nodeCount, edges }) =>
          fc.tuple(
            fc.constant({ nodeCount, edges }),
            fc.shuffledSubarray(edges, { minLength: edges.length, maxLength: edges.length }),
          ),
        ),
        ([{ nodeCount, edges }, shuffled]) => {
          expect(
            minimumFeedbackArcs(digraphOfEdges(nodeCount, shuffled), allOf(nodeCount).toReversed()),
          ).toEqual(minimumFeedbackArcs(digraphOfEdges(nodeCount, edges), allOf(nodeCount)));
        },
      ),
    );
  });

  it('cuts a ring of a million nodes once', () => {
    const nodes = Uint32Array.from({ length: 1_000_000 }, (_, node) => node);
    const ring = digraphFromEdges(
      nodes.length,
      nodes,
      nodes.map((node) => (node + 1) % nodes.length),
    );
    expect(minimumFeedbackArcs(ring, nodes)).toMatchObject({ weight: 1, proof: 'exact' });
  });

  it('finds nothing to remove where there is no cycle', () => {
    const none = { arcs: [], weight: 0, lowerBound: 0, proof: 'exact' };
    expect(minimumFeedbackArcs(digraphOfEdges(0, []), [])).toEqual(none);
    expect(minimumFeedbackArcs(digraphOfEdges(3, [[0, 2]]), [0, 1, 2])).toEqual(none);
  });

  it.each([0, -1, Number.NaN, Infinity])('refuses the weight %s', (weight) => {
    const digraph = digraphOfEdges(2, [
      [0, 1],
      [1, 0],
    ]);
    expect(() => minimumFeedbackArcs(digraph, [0, 1], { weight: () => weight })).toThrow(/positive weight/);
  });
});
