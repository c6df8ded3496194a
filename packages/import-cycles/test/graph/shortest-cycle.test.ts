import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digraphFromEdges } from '../../src/graph/digraph.ts';
import { shortestCycle, shortestCycleThrough } from '../../src/graph/shortest-cycle.ts';
import { everyCycle } from './brute-force.ts';
import { type Edge, anyEdges, digraphOfEdges } from './edges.ts';

const allOf = (nodeCount: number) => Array.from({ length: nodeCount }, (_, node) => node);

/** A node's edge to itself counts only where there is nothing else. */
function firstCycle(nodeCount: number, edges: readonly Edge[]): number[] {
  const cycles = everyCycle(nodeCount, edges);
  return cycles.find((cycle) => cycle.length > 1) ?? cycles[0] ?? [];
}

describe('shortestCycle', () => {
  it('is the first of all cycles by length, then by nodes', () => {
    fc.assert(
      fc.property(anyEdges(9, 22), ({ nodeCount, edges }) => {
        const expected = firstCycle(nodeCount, edges);
        expect(shortestCycle(digraphOfEdges(nodeCount, edges), allOf(nodeCount))).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('stays among the given nodes, in whatever order they come', () => {
    fc.assert(
      fc.property(anyEdges(9, 30), fc.func(fc.boolean()), ({ nodeCount, edges }, isIn) => {
        const nodes = allOf(nodeCount).filter(isIn);
        const within = edges.filter((edge) => edge.every((node) => nodes.includes(node)));
        const expected = firstCycle(nodeCount, within);
        expect(shortestCycle(digraphOfEdges(nodeCount, edges), nodes.toReversed())).toEqual(expected);
      }),
    );
  });

  it('is the same for every order of the edges', () => {
    fc.assert(
      fc.property(
        anyEdges(9, 30).chain(({ nodeCount, edges }) =>
          fc.tuple(
            fc.constant({ nodeCount, edges }),
            fc.shuffledSubarray(edges, { minLength: edges.length, maxLength: edges.length }),
          ),
        ),
        ([{ nodeCount, edges }, shuffled]) => {
          expect(shortestCycle(digraphOfEdges(nodeCount, shuffled), allOf(nodeCount))).toEqual(
            shortestCycle(digraphOfEdges(nodeCount, edges), allOf(nodeCount)),
          );
        },
      ),
    );
  });

  it('goes round a ring of a million nodes', () => {
    const nodes = Uint32Array.from({ length: 1_000_000 }, (_, node) => node);
    const ring = digraphFromEdges(
      nodes.length,
      nodes,
      nodes.map((node) => (node + 1) % nodes.length),
    );
    expect(shortestCycle(ring, nodes)).toHaveLength(nodes.length);
  });
});

describe('shortestCycleThrough', () => {
  it('is as short as any cycle through the edge, and starts with it', () => {
    fc.assert(
      fc.property(anyEdges(8, 22), ({ nodeCount, edges }) => {
        const digraph = digraphOfEdges(nodeCount, edges);
        const cycles = everyCycle(nodeCount, edges);
        for (const [from, to] of edges) {
          const follows = (cycle: readonly number[], at: number) => cycle[(at + 1) % cycle.length];
          const shortest = cycles.find((cycle) =>
            cycle.some((node, at) => node === from && follows(cycle, at) === to),
          );
          const found = shortestCycleThrough(digraph, { from, to });
          expect(found?.length).toBe(shortest?.length);
          if (found === undefined) continue;
          expect(found[0]).toBe(from);
          expect(follows(found, 0)).toBe(to);
          const rotated = found
            .slice(found.indexOf(Math.min(...found)))
            .concat(found.slice(0, found.indexOf(Math.min(...found))));
          expect(cycles).toContainEqual(rotated);
        }
      }),
    );
  });

  it('is undefined for an edge that is not there', () => {
    const digraph = digraphOfEdges(2, [[0, 1]]);
    expect(shortestCycleThrough(digraph, { from: 1, to: 0 })).toBeUndefined();
    expect(shortestCycleThrough(digraph, { from: 0, to: 1 })).toBeUndefined();
  });
});
