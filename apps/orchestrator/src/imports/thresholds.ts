import type { ImportReport } from '@seaworthy/import-cycles';

export interface Thresholds {
  /** Most cycles; 0 where neither is given. */
  readonly maxCycles: number | undefined;
  /** Most modules in a cycle; any where it is not given. */
  readonly maxLength: number | undefined;
}

/**
 * What in a report exceeds the thresholds, a sentence each. Cycles that the baseline accepts do not count. Without any
 * threshold no cycle passes; with a greatest length alone, only longer ones count.
 */
export function judgeThresholds(report: ImportReport, thresholds: Thresholds): readonly string[] {
  const { maxLength } = thresholds;
  const maxCycles = thresholds.maxCycles ?? (maxLength === undefined ? 0 : Infinity);
  const open = report.knots.filter(({ accepted }) => !accepted);
  const cycles = open.flatMap(({ cycles: { list } }) => list);
  const complete = open.every(({ cycles: { complete } }) => complete);
  const exceeded: string[] = [];
  if (cycles.length > maxCycles) {
    const count = `${complete ? '' : 'at least '}${String(cycles.length)} import ${cycles.length === 1 ? 'cycle' : 'cycles'}`;
    exceeded.push(
      thresholds.maxCycles === undefined
        ? `${count}, none is allowed (--max-cycles N allows some, --baseline FILE what is known, --exit-zero only reports)`
        : `${count}, at most ${String(maxCycles)} allowed (--max-cycles)`,
    );
  }
  const longest = Math.max(0, ...cycles.map(({ length }) => length));
  if (maxLength !== undefined && longest > maxLength)
    exceeded.push(
      `a cycle of ${String(longest)} modules, at most ${String(maxLength)} are allowed (--max-length)`,
    );
  return exceeded;
}
