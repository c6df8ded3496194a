import type { Workspace } from '@seaworthy/scenario';
import type { GraphView } from '../model/import-graph.ts';
import type { Baseline } from './baseline.ts';
import type { ReadSource } from './source-text.ts';

export interface AnalyseOptions {
  /** Which imports count; `import-time` where not given. */
  readonly view?: GraphView;
  /** Elementary cycles listed for each knot; 100 where not given. */
  readonly cycleLimit?: number;
  /**
   * Whether to find out what happens when each module of a knot is imported first: by following the source (`predict`,
   * where not given), in the project's own interpreter (`try`, which executes the project's code), or not at all.
   */
  readonly firstImports?: 'predict' | 'try' | 'none';
  /** Interpreter for `try`. */
  readonly python?: string;
  /** Imports tried at once, and how long each may take in ms. */
  readonly concurrency?: number;
  readonly timeoutMs?: number;
  /** Where the processes and files of `try` are kept; one of its own where not given. */
  readonly workspace?: Workspace;
  /** Oldest Python that the project runs on, such as `3.11`; read from its packaging files where not given. */
  readonly pythonVersion?: string;
  readonly baseline?: Baseline;
  readonly signal?: AbortSignal;
  /** Milliseconds from any fixed point. */
  readonly clock?: () => number;
  /** Reading of `clock` from which `durationMs` counts: when the graph was begun, say. */
  readonly startedAt?: number;
  /** Reads a file of the project; from below the graph's `base` where not given. */
  readonly readSource?: ReadSource;
}
