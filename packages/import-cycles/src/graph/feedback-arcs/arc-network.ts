import type { Digraph } from '../../model/import-graph.ts';
import { inducedSubgraph, reversed } from '../subgraph.ts';

/** A component whose arcs have weights and are numbered like the edges of `digraph`. */
export interface ArcNetwork {
  readonly digraph: Digraph;
  /** Node in which each arc starts; where it ends is `digraph.targets`. */
  readonly tails: Uint32Array;
  readonly weights: Float64Array;
  /** The arcs into node `n` are `incoming[incomingOffsets[n]]` to `incoming[incomingOffsets[n + 1] - 1]`. */
  readonly incoming: Int32Array;
  readonly incomingOffsets: Uint32Array;
  /** All weights are whole numbers, so that every bound may be rounded up. */
  readonly isIntegral: boolean;
}

/** What it costs to remove the arc between two nodes; positive and finite. */
export type ArcWeight = (from: number, to: number) => number;

/**
 * @param nodes - Ascending; node `i` of the network is `nodes[i]`.
 * @throws RangeError where a weight is not a positive finite number.
 */
export function networkOf(digraph: Digraph, nodes: ArrayLike<number>, weight: ArcWeight): ArcNetwork {
  const part = inducedSubgraph(digraph, nodes);
  const tails = new Uint32Array(part.edgeCount);
  const weights = new Float64Array(part.edgeCount);
  let isIntegral = true;
  for (let node = 0; node < part.nodeCount; node++) {
    for (let arc = part.offsets[node]!; arc < part.offsets[node + 1]!; arc++) {
      tails[arc] = node;
      weights[arc] = weight(nodes[node]!, nodes[part.targets[arc]!]!);
      if (!(weights[arc]! > 0 && weights[arc]! < Infinity)) {
        throw new RangeError(
          `Expected a positive weight for ${nodes[node]} -> ${nodes[part.targets[arc]!]}, got ${weights[arc]}`,
        );
      }
      isIntegral &&= Number.isSafeInteger(weights[arc]);
    }
  }
  const arcs = { ...part, imports: Int32Array.from({ length: part.edgeCount }, (_, arc) => arc) };
  const { imports: incoming, offsets: incomingOffsets } = reversed(arcs);
  return { digraph: part, tails, weights, incoming, incomingOffsets, isIntegral };
}

/** Marks of arcs that are taken out: 1 where it is. */
export type RemovedArcs = Uint8Array;

export function weightOf(network: ArcNetwork, arcs: Iterable<number>): number {
  let sum = 0;
  for (const arc of arcs) sum += network.weights[arc]!;
  return sum;
}
