/** Who or what ended a process. */
export type Killer =
  'own-limit' | 'ancestor-limit' | 'host' | 'signal' | 'shared-memory' | 'pids-limit' | 'itself' | 'unknown';

export interface Death {
  readonly by: Killer;
  /** Two independent witnesses make a verdict certain. */
  readonly certainty: 'certain' | 'likely' | 'unknown';
  /** Each with its figures: `oom_kill of the sandbox rose from 0 to 1`. */
  readonly witnesses: readonly string[];
  /** Bytes of the limit that was hit, and the cgroup that sets it. */
  readonly limitBytes?: number;
  readonly limitFolder?: string;
}
