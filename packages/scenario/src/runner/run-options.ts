import type { Environment } from '../environment.ts';
import type { LimitOverrides } from '../limits.ts';
import type { ScenarioResult } from '../result.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Clock } from './clock.ts';

/** What happens while scenarios run. `id` is that of a scenario. */
export type RunEvent =
  | { readonly kind: 'started'; readonly id: string }
  | { readonly kind: 'progress'; readonly id: string; readonly message: string }
  | { readonly kind: 'finished'; readonly result: ScenarioResult };

export interface RunOptions {
  readonly environment: Environment;
  /** Each scenario gets a part of its own of it, which is undone as soon as the scenario is over. */
  readonly workspace: Workspace;
  /** Limits of the user's configuration, by scenario id. */
  readonly overrides?: ReadonlyMap<string, LimitOverrides>;
  /** When it fires, running scenarios are aborted and the others not started. */
  readonly signal?: AbortSignal;
  /** How long all of it together may take, in ms, before it is treated likewise. */
  readonly deadlineMs?: number;
  /** For everything that is left to chance; 0 by default. The same in each repetition: what then differs is noise. */
  readonly seed?: number;
  /** How often each scenario runs; once by default. Results say in `repetition` which one they are of. */
  readonly repeat?: number;
  /** How long a scenario may take to return after it was aborted, in ms, before it is given up; 2000 by default. */
  readonly graceMs?: number;
  readonly clock?: Clock;
  onEvent?(event: RunEvent): void;
}

export const DEFAULT_GRACE_MS = 2_000;
