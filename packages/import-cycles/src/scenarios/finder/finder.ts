import type { BuildOptions } from '../../build-import-graph.ts';
import type { AnalyseOptions } from '../../report/analyse-options.ts';
import type { ImportGraph } from '../../model/import-graph.ts';
import type { ImportReport } from '../../report/import-report.ts';

/** What is to be analysed, and how. */
export interface Search {
  readonly roots: readonly string[];
  readonly build: BuildOptions;
  readonly analyse: AnalyseOptions;
}

/** The graph of a project's imports, and what was found in it. */
export interface Found {
  readonly graph: ImportGraph;
  readonly report: ImportReport;
}

/** An analysis of a Python project's imports. */
export type Finder = (search: Search) => Promise<Found>;

/**
 * Which analysis a plan uses, as plain data, since some run in a process of their own:
 * - `complete`: that of this package, unchanged
 * - `blind`: misses all imports of one form (`from`) or kind (`function`)
 * - `hasty`: counts imports that are executed later as if they were executed at import
 * - `optimistic`: predicts that no import ever crashes
 * - `raising`: ends with an error
 * - `slow`: takes `ms` longer
 * - `greedy`: keeps `bytes` of memory while it works
 */
export type FinderChoice =
  | { readonly kind: 'complete' | 'hasty' | 'optimistic' | 'raising' }
  | { readonly kind: 'blind'; readonly to: 'from' | 'function' }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'greedy'; readonly bytes: number };

export const COMPLETE_FINDER: FinderChoice = { kind: 'complete' };
