import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digraphFromEdges, digraphOf } from '../../src/graph/digraph.ts';
import { findEdge, inducedSubgraph, reversed } from '../../src/graph/subgraph.ts';
import { anyEdges, digraphOfEdges, edgesOf, type Edge } from './edges.ts';
import { graphOfImports } from './graph-of-imports.ts';

const key = ([from, to]: Edge) => `${from}>${to}`;
const distinct = (edges: readonly Edge[]): Edge[] =>
  [...new Map(edges.map((edge) => [key(edge), edge])).values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);

describe('digraphFromEdges', () => {
  it('orders and merges edges, and keeps the first position of each', () => {
    const digraph = digraphFromEdges(4, [2, 0, 2, 0, 3, 2], [1, 3, 0, 3, 3, 1]);
    expect(edgesOf(digraph)).toEqual([
      [0, 3],
      [2, 0],
      [2, 1],
      [3, 3],
    ]);
    expect([...digraph.imports]).toEqual([1, 2, 0, 4]);
    expect([...digraph.offsets]).toEqual([0, 1, 1, 3, 4]);
  });

  it('holds exactly the given edges', () => {
    fc.assert(
      fc.property(anyEdges(12, 60), ({ nodeCount, edges }) => {
        const digraph = digraphOfEdges(nodeCount, edges);
        expect(edgesOf(digraph)).toEqual(distinct(edges));
        expect([...digraph.imports]).toEqual(
          edgesOf(digraph).map((edge) => edges.findIndex((other) => key(other) === key(edge))),
        );
      }),
    );
  });

  it('takes no nodes and no edges', () => {
    expect(digraphFromEdges(0, [], [])).toMatchObject({ nodeCount: 0, edgeCount: 0 });
    expect(digraphFromEdges(3, [], [])).toMatchObject({ nodeCount: 3, edgeCount: 0 });
  });

  it.each([
    ['lists of different lengths', 2, [0], [0, 1]],
    ['a node that does not exist', 2, [0], [2]],
    ['a negative node', 2, [-1], [0]],
    ['a fraction of a node', 2, [0.5], [0]],
    ['a negative number of nodes', -1, [], []],
  ])('refuses %s', (_, nodeCount, from, to) => {
    expect(() => digraphFromEdges(nodeCount, from, to)).toThrow(RangeError);
  });
});

describe('subgraphs', () => {
  it('turns every edge round', () => {
    fc.assert(
      fc.property(anyEdges(12, 60), ({ nodeCount, edges }) => {
        const digraph = digraphOfEdges(nodeCount, edges);
        const back = reversed(digraph);
        expect(edgesOf(back)).toEqual(distinct(edges.map(([from, to]): Edge => [to, from])));
        expect(reversed(back)).toEqual(digraph);
      }),
    );
  });

  it('keeps the edges between the nodes of a part, and finds them', () => {
    // The second form makes the part small against the whole, which takes another way to number its nodes.
    for (const extra of [0, 1000]) {
      fc.assert(
        fc.property(anyEdges(12, 60), fc.func(fc.boolean()), ({ nodeCount, edges }, isIn) => {
          const digraph = digraphOfEdges(nodeCount + extra, edges);
          const nodes = Array.from({ length: nodeCount }, (_, node) => node).filter(isIn);
          const part = inducedSubgraph(digraph, nodes);
          const named = edgesOf(part).map(([from, to]): Edge => [nodes[from]!, nodes[to]!]);
          expect(named).toEqual(distinct(edges).filter((edge) => edge.every((node) => nodes.includes(node))));
          expect([...part.imports]).toEqual(
            named.map(([from, to]) => digraph.imports[findEdge(digraph, from, to)]),
          );
        }),
        { numRuns: 50 },
      );
    }
  });

  it('finds no edge that is not there', () => {
    const digraph = digraphOfEdges(3, [
      [0, 1],
      [0, 2],
    ]);
    expect(findEdge(digraph, 0, 2)).toBe(1);
    expect(findEdge(digraph, 0, 0)).toBe(-1);
    expect(findEdge(digraph, 1, 0)).toBe(-1);
  });
});

describe('digraphOf', () => {
  const graph = graphOfImports(
    ['app', 'app.core', 'app.core.db', 'app.web', 'lib', 'lib.deep', 'lib.deep.inner'],
    [
      ['app', 'app.core.db'],
      ['app.core.db', 'app.web', 'function'],
      ['app.core.db', 'app.core', 'conditional'],
      ['app.web', 'lib.deep.inner', 'try'],
      ['app.web', 'app', 'type-checking'],
      ['app.web', 'app.core.db', 'class'],
      ['app.web', 'lib.deep', 'lazy'],
      ['app.web', 'lib.deep.inner', 'main'],
    ],
    ['app', 'app.core', 'lib', 'lib.deep'],
  );
  const named = (view: 'import-time' | 'all' | 'runtime', without?: Set<number>) => {
    const digraph = digraphOf(graph, view, without === undefined ? {} : { without });
    return edgesOf(digraph).map(
      ([from, to], edge) =>
        `${graph.modules[from]!.name} -> ${graph.modules[to]!.name} @${digraph.imports[edge]}`,
    );
  };

  it('counts only what an import may execute in the import-time view', () => {
    expect(named('import-time')).toEqual([
      'app -> app.core.db @0',
      'app.core.db -> app.core @2',
      'app.web -> app.core.db @5',
      'app.web -> lib.deep.inner @3',
    ]);
  });

  it('counts everything in the view of all imports, each edge with its first row', () => {
    expect(named('all')).toEqual([
      'app -> app.core.db @0',
      'app.core.db -> app.core @2',
      'app.core.db -> app.web @1',
      'app.web -> app @4',
      'app.web -> app.core.db @5',
      'app.web -> lib.deep @6',
      'app.web -> lib.deep.inner @3',
    ]);
  });

  it('adds the packages above a target at run time, but not those above the importing module', () => {
    expect(named('runtime')).toEqual([
      'app -> app.core @0',
      'app -> app.core.db @0',
      'app.core.db -> app.core @2',
      'app.web -> app.core @5',
      'app.web -> app.core.db @5',
      'app.web -> lib @3',
      'app.web -> lib.deep @3',
      'app.web -> lib.deep.inner @3',
    ]);
  });

  it('leaves out the rows it is told to, and what they alone would add', () => {
    expect(named('runtime', new Set([0, 3]))).toEqual([
      'app.core.db -> app.core @2',
      'app.web -> app.core @5',
      'app.web -> app.core.db @5',
    ]);
  });
});
