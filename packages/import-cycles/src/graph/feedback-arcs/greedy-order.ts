import type { ArcNetwork, RemovedArcs } from './arc-network.ts';

/**
 * A node order with little weight on backward arcs: P. Eades, X. Lin, W. F. Smyth, "A fast and effective heuristic for
 * the feedback arc set problem", Information Processing Letters 47 (1993), with weights. Sinks go to the end, sources to
 * the start, otherwise the node that sends the most more than it receives. Ties go to the lower node.
 */
export function greedyOrder(network: ArcNetwork, removed: RemovedArcs): Uint32Array {
  const { nodeCount, offsets, targets } = network.digraph;
  const sent = new Float64Array(nodeCount);
  const received = new Float64Array(nodeCount);
  const outArcs = new Int32Array(nodeCount);
  const inArcs = new Int32Array(nodeCount);
  for (let arc = 0; arc < targets.length; arc++) {
    const tail = network.tails[arc]!;
    const head = targets[arc]!;
    if (removed[arc] === 1 || tail === head) continue;
    sent[tail]! += network.weights[arc]!;
    received[head]! += network.weights[arc]!;
    outArcs[tail]!++;
    inArcs[head]!++;
  }

  const order = new Uint32Array(nodeCount);
  const isPlaced = new Uint8Array(nodeCount);
  const ready: number[] = [];
  const heap = new SurplusHeap();
  let first = 0;
  let last = nodeCount - 1;
  const update = (node: number): void => {
    if (outArcs[node] === 0 || inArcs[node] === 0) ready.push(node);
    else heap.push(node, sent[node]! - received[node]!);
  };
  const place = (node: number): void => {
    isPlaced[node] = 1;
    if (outArcs[node] === 0) order[last--] = node;
    else order[first++] = node;
    for (let arc = offsets[node]!; arc < offsets[node + 1]!; arc++) {
      const head = targets[arc]!;
      if (removed[arc] === 1 || isPlaced[head] === 1) continue;
      received[head]! -= network.weights[arc]!;
      inArcs[head]!--;
      update(head);
    }
    for (let at = network.incomingOffsets[node]!; at < network.incomingOffsets[node + 1]!; at++) {
      const arc = network.incoming[at]!;
      const tail = network.tails[arc]!;
      if (removed[arc] === 1 || isPlaced[tail] === 1) continue;
      sent[tail]! -= network.weights[arc]!;
      outArcs[tail]!--;
      update(tail);
    }
  };

  for (let node = 0; node < nodeCount; node++) update(node);
  while (first <= last) {
    const node =
      ready.pop() ??
      heap.pop((entry, surplus) => {
        return isPlaced[entry] === 0 && surplus === sent[entry]! - received[entry]!;
      });
    if (isPlaced[node] === 0) place(node);
  }
  return order;
}

/** Binary heap, largest surplus first, then lowest node. An update is a second entry; outdated ones are skipped. */
class SurplusHeap {
  readonly #nodes: number[] = [];
  readonly #surplus: number[] = [];

  push(node: number, surplus: number): void {
    let at = this.#nodes.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#isBefore(node, surplus, above)) break;
      this.#move(above, at);
      at = above;
    }
    this.#nodes[at] = node;
    this.#surplus[at] = surplus;
  }

  pop(isCurrent: (node: number, surplus: number) => boolean): number {
    for (;;) {
      const node = this.#nodes[0]!;
      const surplus = this.#surplus[0]!;
      this.#removeFirst();
      if (isCurrent(node, surplus)) return node;
    }
  }

  #removeFirst(): void {
    const node = this.#nodes.pop()!;
    const surplus = this.#surplus.pop()!;
    const count = this.#nodes.length;
    if (count === 0) return;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= count) break;
      if (below + 1 < count && this.#isBefore(this.#nodes[below + 1]!, this.#surplus[below + 1]!, below))
        below++;
      if (this.#isBefore(node, surplus, below)) break;
      this.#move(below, at);
      at = below;
    }
    this.#nodes[at] = node;
    this.#surplus[at] = surplus;
  }

  #isBefore(node: number, surplus: number, other: number): boolean {
    const otherSurplus = this.#surplus[other]!;
    return surplus > otherSurplus || (surplus === otherSurplus && node < this.#nodes[other]!);
  }

  #move(source: number, target: number): void {
    this.#nodes[target] = this.#nodes[source]!;
    this.#surplus[target] = this.#surplus[source]!;
  }
}
