import type { CanaryVerdict } from '../../model/safety.ts';

/** Of those that asked for nothing, who ended or was refused memory, in clauses. A stall alone is none: it may be the machine's. */
export function whoWasHurt({
  keeperAlive,
  neighbour,
}: {
  readonly keeperAlive: boolean;
  readonly neighbour: CanaryVerdict;
}): string[] {
  return [
    ...(keeperAlive ? [] : ['the first process of the sandbox ended']),
    ...(neighbour.alive ? [] : ['a process outside of the sandbox ended']),
    ...(neighbour.refusedAllocations > 0
      ? [`a process outside of the sandbox was refused memory ${neighbour.refusedAllocations} times`]
      : []),
  ];
}
