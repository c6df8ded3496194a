import type { Edge } from './edges.ts';

/** Every elementary cycle, its lowest node first, by trying every path. */
export function everyCycle(nodeCount: number, edges: readonly Edge[]): number[][] {
  const follows = Array.from({ length: nodeCount }, (_, node) => [
    ...new Set(edges.filter(([from]) => from === node).map(([, to]) => to)),
  ]);
  const cycles: number[][] = [];
  const paths = follows.map((_, node) => [node]);
  for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
    for (const next of follows[path.at(-1)!]!) {
      if (next === path[0]) cycles.push(path);
      else if (next > path[0]! && !path.includes(next)) paths.push([...path, next]);
    }
  }
  return cycles.sort(compareCycles);
}

/** By length, then node by node. */
export function compareCycles(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return a.length - b.length;
  const at = a.findIndex((node, index) => node !== b[index]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

/**
 * Least weight of edges whose removal leaves no cycle, over all orders of the nodes: the cheapest way to place the nodes
 * of each subset first, from that of each smaller subset.
 */
export function leastFeedbackWeight(
  nodeCount: number,
  edges: readonly Edge[],
  weight: (from: number, to: number) => number,
): number {
  const cost = Array.from({ length: nodeCount }, () => new Array<number>(nodeCount).fill(0));
  for (const [from, to] of edges) cost[from]![to] = weight(from, to);
  const loops = cost.reduce((sum, row, node) => sum + row[node]!, 0);
  const best = new Float64Array(2 ** nodeCount).fill(Infinity);
  best[0] = 0;
  for (let placed = 0; placed < best.length; placed++) {
    for (let node = 0; node < nodeCount; node++) {
      if ((placed & (1 << node)) !== 0) continue;
      let backward = 0;
      for (let other = 0; other < nodeCount; other++) {
        if ((placed & (1 << other)) !== 0) backward += cost[node]![other]!;
      }
      const next = placed | (1 << node);
      best[next] = Math.min(best[next]!, best[placed]! + backward);
    }
  }
  return best.at(-1)! + loops;
}
