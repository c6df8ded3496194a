/** What one reader of the web found. Cycles and knots from their smallest module on, in canonical order. */
export interface WebReading {
  /** Imports between modules of the web, executed at import or later. */
  readonly imports: number;
  readonly knots: readonly (readonly string[])[];
  readonly cycles: readonly (readonly string[])[];
}

export interface ComplexWebObservation {
  readonly modules: number;
  /** Our analysis; `null` where it crashed. */
  readonly found: WebReading | null;
  /** CPython's own parser, and a search that shares nothing with ours. */
  readonly reference: WebReading;
  /** Time of the analysis alone, without the start of its process. */
  readonly searchMs: number;
  /** Peak resident memory of the process that ran the analysis and nothing else. */
  readonly peakBytes: number;
  readonly crash: string | null;
}
