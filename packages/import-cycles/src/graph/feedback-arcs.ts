import type { Digraph } from '../model/import-graph.ts';
import { knotsOf } from './components.ts';
import { inducedSubgraph } from './subgraph.ts';
import { networkOf, type ArcWeight } from './feedback-arcs/arc-network.ts';
import { coverOfAllCycles } from './feedback-arcs/cycle-cover.ts';

/** Some seconds of work, for knots that do not give in sooner; those of real projects rarely take a tenth of one. */
export const DEFAULT_WORK_LIMIT = 100_000_000;

export interface FeedbackArcOptions {
  /** Cost of removing an arc, given its nodes in the digraph; 1 where not given. Positive and finite. */
  readonly weight?: ArcWeight;
  /**
   * Steps that each knot may take, some ten million of which fit into a tenth of a second. The result depends on it, and
   * on nothing of the machine.
   */
  readonly workLimit?: number;
}

export interface FeedbackArcs {
  /** By `from`, then `to`. */
  readonly arcs: readonly { readonly from: number; readonly to: number }[];
  readonly weight: number;
  /** No set of arcs of less weight leaves the nodes without a cycle. */
  readonly lowerBound: number;
  /** `exact`: the weight is proven least (to one part in 10^9 where weights are fractions). */
  readonly proof: 'exact' | 'bound';
}

/**
 * Arcs of least total weight whose removal leaves no cycle among some nodes, such as a knot's. Exact for most knots of
 * real projects, with hundreds of modules; where the work limit ends the search, the best arcs found and how far from
 * the least they may be.
 *
 * @throws RangeError where a weight is not a positive finite number.
 */
export function minimumFeedbackArcs(
  digraph: Digraph,
  nodes: ArrayLike<number>,
  options: FeedbackArcOptions = {},
): FeedbackArcs {
  const { weight: weigh = () => 1, workLimit = DEFAULT_WORK_LIMIT } = options;
  const within = Uint32Array.from(nodes).sort();
  const part = inducedSubgraph(digraph, within);
  const arcs: { from: number; to: number }[] = [];
  let weight = 0;
  let lowerBound = 0;
  let isExact = true;
  for (const knot of knotsOf(part)) {
    const network = networkOf(part, knot, (from, to) => weigh(within[from]!, within[to]!));
    const cover = coverOfAllCycles(network, workLimit);
    for (const arc of cover.arcs) {
      const from = within[knot[network.tails[arc]!]!]!;
      const to = within[knot[network.digraph.targets[arc]!]!]!;
      arcs.push({ from, to });
    }
    weight += cover.weight;
    lowerBound += cover.lowerBound;
    isExact &&= cover.isExact;
  }
  arcs.sort((a, b) => a.from - b.from || a.to - b.to);
  return { arcs, weight, lowerBound, proof: isExact ? 'exact' : 'bound' };
}
