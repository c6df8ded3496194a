/** What the exit code of `seaworthy` says. 130 and 143 (a signal) are given by the process itself and win over all. */
export const EXIT = {
  passed: 0,
  /** A check failed. */
  failed: 1,
  /** A mistake in how it was called or configured, or a place that cannot be written to. */
  usage: 2,
  /** A scenario that must run lacks something here. */
  environment: 3,
  /** A deadline was reached, or a strict run could not tell. */
  incomplete: 4,
  nothingSelected: 5,
  /** A defect of seaworthy. */
  internal: 70,
} as const;

/** The code that wins comes first. */
const ORDER: readonly number[] = [
  EXIT.usage,
  EXIT.internal,
  EXIT.failed,
  EXIT.incomplete,
  EXIT.environment,
  EXIT.nothingSelected,
];

/** The one exit code for a run to which several apply. */
export function worstExitCode(codes: Iterable<number>): number {
  const all = new Set(codes);
  return ORDER.find((code) => all.has(code)) ?? EXIT.passed;
}
