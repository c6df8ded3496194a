import type { FirstImport, ImportToMove, ReportedImport } from '../../report/import-report.ts';

/** A knot of the project, as far as a judge needs it. */
export interface ProjectKnot {
  readonly id: string;
  readonly modules: readonly string[];
  /** A shortest cycle, import by import. */
  readonly witness: readonly ReportedImport[];
  /** Elementary cycles; where `complete` is false, there are more. */
  readonly cycleCount: number;
  readonly complete: boolean;
  /** The longest of them. */
  readonly longest: readonly string[];
  readonly importsToMove: readonly ImportToMove[];
  /** How many of them at least are needed. */
  readonly lowerBound: number;
  readonly accepted: boolean;
  /** `a -> b`: what the baseline does not know; empty without a baseline. */
  readonly newArcs: readonly string[];
}

/** What CPython's own parser says of some of the files. */
export interface ProjectComparison {
  readonly files: number;
  /** Imports between modules of the project in those files, as CPython's parser sees them. */
  readonly imports: number;
  /** Those that the analysis does not have, as `path:line imports name`; at most 50 of them. */
  readonly missed: readonly string[];
  readonly missedCount: number;
}

export interface ProjectObservation {
  readonly modules: number;
  readonly imports: number;
  readonly knots: readonly ProjectKnot[];
  /** Modules that crash when they are imported first, by trying where that was allowed, else by prediction. */
  readonly crashes: readonly FirstImport[];
  /** Modules whose first import was looked at. */
  readonly firstImports: number;
  /** Modules for which there was no time. */
  readonly firstImportsLeft: number;
  readonly problems: readonly {
    readonly path: string;
    readonly line: number | null;
    readonly message: string;
  }[];
  readonly stale: readonly {
    readonly path: string;
    readonly line: number | null;
    readonly message: string;
  }[];
  /** Imports that a comment takes out of the search. */
  readonly ignored: number;
  /** Whether there is a baseline to compare with. */
  readonly hasBaseline: boolean;
  /** Time to read the files and find the cycles; first imports are looked at afterwards. */
  readonly searchMs: number;
  /** `null` where there is no interpreter. */
  readonly comparison: ProjectComparison | null;
  /** `null` where the project itself was analysed; else what a copy of it had on disk. */
  readonly copy: { readonly files: number; readonly added: readonly string[] } | null;
}
