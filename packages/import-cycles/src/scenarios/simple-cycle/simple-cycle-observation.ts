/** How an import of one module went, or is predicted to go, when it is the first one. */
export interface FirstImportSeen {
  readonly module: string;
  readonly outcome: 'ok' | 'crash';
  /** Type of the error and the place that raised it, such as `ImportError in tug.py:1`; `null` without one. */
  readonly error: string | null;
}

/** A real import of one module in a fresh interpreter. */
export interface TriedImport extends FirstImportSeen {
  readonly message: string | null;
  /** Bodies in the order in which CPython began them. */
  readonly executed: readonly string[];
  /** The cycle that CPython went round, from its smallest module on; `null` where it met no module again. */
  readonly cycle: readonly string[] | null;
}

export interface SimpleCycleObservation {
  readonly expected: readonly string[];
  /** Every cycle found, each from its smallest module on. */
  readonly found: readonly (readonly string[])[];
  /** Imports that the analysis saw: from, to. */
  readonly imports: readonly (readonly [string, string])[];
  readonly predicted: readonly FirstImportSeen[];
  readonly tried: readonly TriedImport[];
  /** Time of each search, the first of which also loads the analysis. */
  readonly searchMs: readonly number[];
  /** Type and message of the error that the analysis ended with. */
  readonly crash: string | null;
}
