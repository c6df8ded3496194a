/** One import in a fresh interpreter, as `time_import.py` tells it. */
export interface TimedImport {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly peakBytes: number;
  /** How many of the four modules were executed, and how many of those had bytecode on disk. */
  readonly executed: number;
  readonly cached: number;
  readonly error: { readonly type: string; readonly message: string } | null;
}

/** Time that one module's body took in a traced import, without the bodies that it imported. */
export interface BodyTime {
  readonly module: string;
  readonly cpuMs: number;
  readonly wallMs: number;
}

export interface PerformanceObservation {
  /** The same number on both sides: pair `i` is `circular[i]` and `clean[i]`. */
  readonly circular: readonly TimedImport[];
  readonly clean: readonly TimedImport[];
  /** From one further import of the circular side. */
  readonly bodies: readonly BodyTime[];
  readonly seed: number;
}
