import { alg } from '@dagrejs/graphlib';
import { describe, expect, it } from 'vitest';
import { toGraphlib } from '../../src/graph/to-graphlib.ts';
import { graphOfImports } from './graph-of-imports.ts';

describe('toGraphlib', () => {
  const graph = graphOfImports(
    ['shop', 'shop.api', 'shop.api.orders', 'shop.cart', 'alone'],
    [
      ['shop.cart', 'shop.api.orders'],
      ['shop.cart', 'shop.api.orders', 'try'],
      ['shop.api', 'shop.cart'],
      ['shop.api.orders', 'shop.cart', 'function'],
    ],
    ['shop', 'shop.api'],
  );

  it('has every module as a node and every import in the label of its edge', () => {
    const result = toGraphlib(graph, 'all');
    expect(result.isDirected()).toBe(true);
    expect(result.graph()).toBe('all');
    expect(result.nodes()).toEqual(['shop', 'shop.api', 'shop.api.orders', 'shop.cart', 'alone']);
    expect(result.node('shop.cart')).toBe(graph.modules[3]);
    expect(result.edgeCount()).toBe(3);
    expect(result.edge('shop.cart', 'shop.api.orders').map(({ kind, line }) => [kind, line])).toEqual([
      ['module', 3],
      ['try', 4],
    ]);
  });

  it('serves graphlib’s own algorithms, in each view', () => {
    const cyclesIn = (view: 'import-time' | 'all' | 'runtime') =>
      alg.findCycles(toGraphlib(graph, view)).map((cycle) => cycle.toSorted());
    expect(cyclesIn('import-time')).toEqual([]);
    expect(cyclesIn('all')).toEqual([['shop.api.orders', 'shop.cart']]);
    expect(cyclesIn('runtime')).toEqual([['shop.api', 'shop.cart']]);
  });

  it('labels the edge to a package above a target with the imports of that target', () => {
    const label = toGraphlib(graph, 'runtime').edge('shop.cart', 'shop.api');
    expect(label.map(({ to, kind }) => [to.name, kind])).toEqual([
      ['shop.api.orders', 'module'],
      ['shop.api.orders', 'try'],
    ]);
  });
});
