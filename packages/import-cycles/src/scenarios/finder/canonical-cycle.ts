/** A cycle from its smallest module on, so that two lists of the same cycle are equal. */
export function canonicalCycle(cycle: readonly string[]): readonly string[] {
  const first = cycle.reduce((best, name, i) => (name < (cycle[best] ?? name) ? i : best), 0);
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}

/** Modules of a cycle that are drawn; what lies between the first and the last ones of a longer cycle is counted. */
const DRAWN = 12;

/** A cycle as text, its first module repeated at the end: `a -> b -> a`. */
export function cycleAsText(cycle: readonly string[]): string {
  const drawn =
    cycle.length <= DRAWN
      ? cycle
      : [...cycle.slice(0, DRAWN - 2), `(${cycle.length - DRAWN + 1} more)`, ...cycle.slice(-1)];
  return [...drawn, ...cycle.slice(0, 1)].join(' -> ');
}

/** What of one list of cycles (or of sets of modules) is not in another one. Both must be canonical. */
export function missingFrom(
  others: readonly (readonly string[])[],
  cycles: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  const known = new Set(others.map((cycle) => cycle.join('\0')));
  return cycles.filter((cycle) => !known.has(cycle.join('\0')));
}
