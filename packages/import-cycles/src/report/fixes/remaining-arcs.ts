import type { Digraph } from '../../model/import-graph.ts';

/** What is left of a knot without the arcs to be moved: says whether a new arc would close a cycle again. */
export class RemainingArcs {
  readonly #targets = new Map<number, Set<number>>();

  constructor(
    digraph: Digraph,
    knot: readonly number[],
    removed: readonly { readonly from: number; readonly to: number }[],
  ) {
    const inKnot = new Set(knot);
    for (const node of knot) {
      const targets = new Set<number>();
      for (let edge = digraph.offsets[node]!; edge < digraph.offsets[node + 1]!; edge++) {
        if (inKnot.has(digraph.targets[edge]!)) targets.add(digraph.targets[edge]!);
      }
      this.#targets.set(node, targets);
    }
    for (const { from, to } of removed) this.#targets.get(from)?.delete(to);
  }

  /** A module outside the knot reaches none inside it that could import it, so an arc to it is always free. */
  wouldClose(from: number, to: number): boolean {
    const seen = new Set([to]);
    const waiting = [to];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      if (node === from) return true;
      for (const target of this.#targets.get(node) ?? []) {
        if (seen.has(target)) continue;
        seen.add(target);
        waiting.push(target);
      }
    }
    return false;
  }

  add(from: number, to: number): void {
    const targets = this.#targets.get(from);
    if (targets === undefined) this.#targets.set(from, new Set([to]));
    else targets.add(to);
  }
}
