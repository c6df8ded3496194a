import type { GraphView, Language, Problem } from '../model/import-graph.ts';
import type { ImportKind } from '../model/import-kind.ts';

/** An import as a reader meets it: names instead of indexes. */
export interface ReportedImport {
  readonly from: string;
  readonly to: string;
  /** File that holds it, relative to the report's `base`. */
  readonly path: string;
  /** Of the name that is imported, 1-based. */
  readonly line: number;
  readonly kind: ImportKind;
  /**
   * Line in which the statement starts, and that of its last name; only where these are two lines. Imports of one file with
   * the same first line (`statement.firstLine`, or else `line`) are of one statement.
   */
  readonly statement?: { readonly firstLine: number; readonly lastLine: number };
}

/**
 * How an import can be moved out of a cycle:
 * - `defer`: into the function that uses it
 * - `type-checking`: below `if TYPE_CHECKING` (or `import type`), since only annotations use it
 * - `submodule`: import the submodule that defines the name instead of the package that re-exports it
 * - `lazy`: PEP 810 `lazy import`, where the project's Python has it
 * - `extract`: into a third module that both import, since module-level code uses it
 */
export type FixKind = 'defer' | 'type-checking' | 'submodule' | 'lazy' | 'extract';

export interface ImportToMove extends ReportedImport {
  readonly column: number;
  readonly fix: { readonly kind: FixKind; readonly text: string };
}

/** That one module imports another, however often. */
export interface Arc {
  readonly from: string;
  readonly to: string;
}

/** Modules that all reach each other: a strongly connected component of at least two modules, or one that imports itself. */
export interface Knot {
  /** Depends on the names of its modules only: the same on every machine and for every order of files. */
  readonly id: string;
  /** Sorted by name. */
  readonly modules: readonly string[];
  /** Every arc between two of its modules in the report's view, sorted. */
  readonly arcs: readonly Arc[];
  /** A shortest cycle: each step's `to` is the next one's `from`, the last one's the first one's. */
  readonly witness: readonly ReportedImport[];
  /** Elementary cycles as lists of module names, shortest first; `complete` is false where the bound cut the list. */
  readonly cycles: { readonly list: readonly (readonly string[])[]; readonly complete: boolean };
  /** Fewest imports whose removal leaves no cycle: an entry for each statement and module that it imports. */
  readonly importsToMove: readonly ImportToMove[];
  /** How good `importsToMove` is: proven smallest, or at most `size - lowerBound` from it. */
  readonly minimum: { readonly proof: 'exact' | 'bound'; readonly lowerBound: number };
  /** Accepted by the baseline: known, and no worse than it was. */
  readonly accepted: boolean;
  /** The arcs that the baseline does not know; only where there is a baseline, and the knot is not accepted. */
  readonly newArcs?: readonly Arc[];
}

export interface FirstImportError {
  /** Such as `ImportError`, `AttributeError`; `Timeout`, `Exit` and `Signal` only where tried. */
  readonly type: string;
  readonly message: string;
  readonly path?: string;
  readonly line?: number;
}

/** What happens in a fresh interpreter whose first import is this module. */
export interface FirstImport {
  readonly module: string;
  readonly outcome: 'ok' | 'crash';
  readonly error?: FirstImportError;
  readonly found: 'predicted' | 'tried';
  /** Only where tried: files of the project (a copy of it) that the import changed, made or removed. */
  readonly changed?: readonly string[];
  /** Only where predicted: the first thing that the prediction rests on and that the source does not tell. Absent where it is certain. */
  readonly assumption?: string;
  /** The chain of imports being executed when it crashed, outermost first. */
  readonly chain?: readonly ReportedImport[];
}

export interface IgnoredImport extends ReportedImport {
  readonly reason: string;
}

/** What `analyseImports` finds, and what `--format json` prints: plain data. */
export interface ImportReport {
  readonly schema: 1;
  readonly language: Language;
  readonly view: GraphView;
  /** Absolute. */
  readonly base: string;
  readonly roots: readonly string[];
  readonly modules: readonly { readonly name: string; readonly path: string }[];
  readonly imports: readonly ReportedImport[];
  readonly knots: readonly Knot[];
  readonly firstImports: readonly FirstImport[];
  /** How many modules' first imports were not followed, since all together would take too much work; absent for none. */
  readonly firstImportsLeftOut?: number;
  readonly problems: readonly Problem[];
  /** Imports taken out of the graph by a comment in the source. */
  readonly ignored: readonly IgnoredImport[];
  /** Such comments that match no import in a cycle (any more), and entries of the baseline that can go. */
  readonly stale: readonly { readonly path: string; readonly line?: number; readonly message: string }[];
  readonly durationMs: number;
}
