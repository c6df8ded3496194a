/** Edges of a graph to measure on, as every tool receives them. */
export interface Edges {
  readonly nodeCount: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

/** Graphs to measure on; the same on every machine. */
export const SHAPES = {
  /** A line: what recursion fails on first. */
  chain: (nodeCount: number): Edges => {
    const from = Uint32Array.from({ length: nodeCount - 1 }, (_, node) => node);
    return { nodeCount, from, to: from.map((node) => node + 1) };
  },
  /** Ten edges a node, anywhere: nearly all nodes end up in one knot. */
  tangle: (nodeCount: number): Edges => {
    const random = generator();
    return edgesOf(nodeCount, () => [random(nodeCount), random(nodeCount)]);
  },
  /**
   * Ten edges a node, downward as in layered code: half of them to one of the thirty nodes below, and one in a thousand
   * turned upward: many knots.
   */
  layers: (nodeCount: number): Edges => {
    const random = generator();
    return edgesOf(nodeCount, () => {
      const node = 1 + random(nodeCount - 1);
      const depth = random(2) === 0 ? 30 : node;
      const below = Math.max(0, node - 1 - random(depth));
      return random(1000) === 0 && depth === 30 ? [below, node] : [node, below];
    });
  },
} as const;

export type Shape = keyof typeof SHAPES;

const EDGES_PER_NODE = 10;

function edgesOf(nodeCount: number, draw: () => readonly [number, number]): Edges {
  const from = new Uint32Array(nodeCount * EDGES_PER_NODE);
  const to = new Uint32Array(from.length);
  for (let edge = 0; edge < from.length; edge++) {
    const [start, end] = draw();
    from[edge] = start;
    to[edge] = end;
  }
  return { nodeCount, from, to };
}

/** Whole numbers below a limit: a Weyl sequence, mixed by multiplication and shifts. */
function generator(): (limit: number) => number {
  let state = 1;
  return (limit) => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return Math.floor((((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32) * limit);
  };
}
