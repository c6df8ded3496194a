import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digraphFromEdges } from '../../src/graph/digraph.ts';
import { elementaryCycles } from '../../src/graph/elementary-cycles.ts';
import { everyCycle } from './brute-force.ts';
import { anyEdges, digraphOfEdges, type Edge } from './edges.ts';

const allOf = (nodeCount: number) => Array.from({ length: nodeCount }, (_, node) => node);

/** Number of elementary cycles of a complete digraph: ways to order each choice of k nodes, by k rotations each. */
function cyclesOfComplete(nodeCount: number): number {
  let total = 0;
  for (let length = 2, ordered = nodeCount; length <= nodeCount; length++) {
    ordered *= nodeCount - length + 1;
    total += ordered / length;
  }
  return total;
}

function complete(nodeCount: number): Edge[] {
  return allOf(nodeCount).flatMap((from) =>
    allOf(nodeCount).flatMap((to): Edge[] => (from === to ? [] : [[from, to]])),
  );
}

describe('elementaryCycles', () => {
  it('lists every cycle once, by length and then by nodes', () => {
    fc.assert(
      fc.property(anyEdges(11, 34), ({ nodeCount, edges }) => {
        const expected = everyCycle(nodeCount, edges);
        const digraph = digraphOfEdges(nodeCount, edges);
        expect(elementaryCycles(digraph, allOf(nodeCount), { limit: Infinity })).toEqual({
          cycles: expected,
          complete: true,
        });
      }),
      { numRuns: 1500 },
    );
  });

  it('finds a cycle whose way back was too long when its nodes were first locked', () => {
    const edges: Edge[] = [
      [2, 7],
      [2, 8],
      [3, 4],
      [3, 9],
      [4, 3],
      [4, 6],
      [6, 2],
      [6, 3],
      [6, 7],
      [7, 2],
      [7, 4],
      [8, 6],
      [9, 2],
    ];
    const found = elementaryCycles(digraphOfEdges(10, edges), allOf(10), { limit: Infinity });
    expect(found.cycles).toContainEqual([2, 8, 6, 7, 4, 3, 9]);
    expect(found).toEqual({ cycles: everyCycle(10, edges), complete: true });
  });

  it('lists the shortest where the limit cuts, and says so', () => {
    fc.assert(
      fc.property(anyEdges(8, 24), fc.nat({ max: 20 }), ({ nodeCount, edges }, limit) => {
        const expected = everyCycle(nodeCount, edges);
        const digraph = digraphOfEdges(nodeCount, edges);
        expect(elementaryCycles(digraph, allOf(nodeCount), { limit })).toEqual({
          cycles: expected.slice(0, limit),
          complete: expected.length <= limit,
        });
      }),
      { numRuns: 500 },
    );
  });

  it('leaves out what is longer than asked for', () => {
    fc.assert(
      fc.property(anyEdges(8, 24), fc.integer({ min: 1, max: 8 }), ({ nodeCount, edges }, maxLength) => {
        const expected = everyCycle(nodeCount, edges);
        const digraph = digraphOfEdges(nodeCount, edges);
        const found = elementaryCycles(digraph, allOf(nodeCount), { limit: Infinity, maxLength });
        expect(found.cycles).toEqual(expected.filter((cycle) => cycle.length <= maxLength));
        if (found.complete) expect(found.cycles).toHaveLength(expected.length);
      }),
    );
  });

  it('finds all 16,064 cycles of a complete graph of eight', () => {
    const found = elementaryCycles(digraphOfEdges(8, complete(8)), allOf(8), { limit: 20_000 });
    expect(found.complete).toBe(true);
    expect(found.cycles).toHaveLength(cyclesOfComplete(8));
    expect(cyclesOfComplete(8)).toBe(16_064);
  });

  it('stops at its limit in a graph with more cycles than could ever be listed', () => {
    const nodeCount = 200;
    const found = elementaryCycles(digraphOfEdges(nodeCount, complete(nodeCount)), allOf(nodeCount), {
      limit: 1000,
    });
    expect(found.complete).toBe(false);
    expect(found.cycles).toHaveLength(1000);
    expect(found.cycles.every((cycle) => cycle.length === 2)).toBe(true);
  });

  it('stops at its work limit, with the shortest cycles found', () => {
    const found = elementaryCycles(digraphOfEdges(60, complete(60)), allOf(60), {
      limit: Infinity,
      workLimit: 100_000,
    });
    expect(found.complete).toBe(false);
    expect(found.cycles.slice(0, 1770).every((cycle) => cycle.length === 2)).toBe(true);
  });

  it('is not lost in paths that lead nowhere', () => {
    // 0 -> 1, and from 1 through forty diamonds, 2^40 paths, back to 1 only: locks close what was seen to have no way out.
    const edges: Edge[] = [
      [0, 1],
      [1, 0],
    ];
    const diamonds = 40;
    for (let diamond = 0; diamond < diamonds; diamond++) {
      const start = diamond === 0 ? 1 : 1 + 3 * diamond;
      edges.push([start, 2 + 3 * diamond], [start, 3 + 3 * diamond]);
      edges.push([2 + 3 * diamond, 4 + 3 * diamond], [3 + 3 * diamond, 4 + 3 * diamond]);
    }
    const nodeCount = 2 + 3 * diamonds;
    edges.push([nodeCount - 1, 1]);
    const rooted = digraphOfEdges(nodeCount, edges);
    const found = elementaryCycles(rooted, allOf(nodeCount), { limit: 10 });
    expect(found.cycles).toHaveLength(10);
    expect(found.cycles[0]).toEqual([0, 1]);
    expect(found.cycles[1]).toHaveLength(1 + 2 * diamonds);
  });

  it('goes round a ring of 100,000 nodes', () => {
    const nodes = Uint32Array.from({ length: 100_000 }, (_, node) => node);
    const ring = digraphFromEdges(
      nodes.length,
      nodes,
      nodes.map((node) => (node + 1) % nodes.length),
    );
    const found = elementaryCycles(ring, nodes, { limit: 5 });
    expect(found.complete).toBe(true);
    expect(found.cycles.map((cycle) => cycle.length)).toEqual([nodes.length]);
  });

  it('finds nothing in nothing', () => {
    expect(elementaryCycles(digraphOfEdges(0, []), [], { limit: 5 })).toEqual({ cycles: [], complete: true });
    expect(elementaryCycles(digraphOfEdges(3, [[0, 1]]), [0, 1, 2], { limit: 0 })).toEqual({
      cycles: [],
      complete: true,
    });
  });
});
