import type { Missing } from './environment.ts';
import type { Finding } from './finding.ts';
import type { LimitSources } from './limits.ts';
import type { Metric } from './observation.ts';

/**
 * - `inconclusive`: the pressure was not reached or the machine was too busy to tell
 * - `skipped`: one thing is missing here; says which and how to get it
 * - `error`: a defect of ours
 */
export type Verdict = 'passed' | 'failed' | 'inconclusive' | 'skipped' | 'error';

/** `run`: the whole run was interrupted or its deadline passed. `budget`: its own time was used up. */
export type CutOffBy = 'run' | 'budget';

/** All that is known of one scenario after it ran. Plain data. */
export interface ScenarioResult {
  readonly id: string;
  readonly title: string;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  /** Why it is inconclusive. */
  readonly reasons: readonly string[];
  /** Why it was skipped. */
  readonly missing?: Missing;
  /** What stopped it before its end, or before it was begun; absent where it came to its own end. */
  readonly cutOff?: CutOffBy;
  /** What broke in us. `stack` is for a bug report. */
  readonly error?: { readonly message: string; readonly stack?: string };
  readonly limits: Readonly<Record<string, number>>;
  readonly limitSources: LimitSources;
  readonly metrics: readonly Metric[];
  /** What `measure` returned, as JSON data; absent where it did not get so far. */
  readonly observation?: unknown;
  /** Which one of several runs of this scenario it is of, 1-based; absent where it ran once. */
  readonly repetition?: number;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
}
