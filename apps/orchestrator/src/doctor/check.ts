import type { Json } from '@seaworthy/scenario';

/** Something about this machine that scenarios depend on. */
export interface Check {
  /** Stable: programs look for it. */
  readonly id:
    | 'node'
    | 'python'
    | 'pytest'
    | 'cores'
    | 'memory'
    | 'free-memory'
    | 'cgroup'
    | 'memory-limit'
    | 'disk'
    | 'engine'
    | 'subject'
    | 'tier';
  readonly title: string;
  /** `missing`: scenarios cannot run without it. `warning`: they can, and the reader should know. */
  readonly state: 'ok' | 'warning' | 'missing';
  /** What was found, in a phrase. */
  readonly found: string;
  readonly details?: readonly string[];
  /** How to get what is missing. */
  readonly how?: string;
  /** The same for a program. */
  readonly data: Json;
}
