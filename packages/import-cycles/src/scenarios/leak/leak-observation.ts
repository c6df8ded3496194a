/** A module that was still there after it was unloaded and the garbage was collected. */
export interface Survivor {
  readonly module: string;
  /** How many of its copies, one a round, were still alive at the end. */
  readonly count: number;
  /** What refers to it, such as `list builtins.kept`. */
  readonly heldBy: readonly string[];
}

/** What `import_rounds.py` tells. */
export interface Rounds {
  /** Bytes after the warm-up and after each round. */
  readonly figures: readonly number[];
  /** The allocator was told to return what it can before each figure. */
  readonly trimmed: boolean;
  readonly survivors: readonly Survivor[];
  readonly error: { readonly type: string; readonly message: string } | null;
}

export interface LeakObservation {
  /** Resident memory of the process; `null` where the system does not tell it. */
  readonly resident: Rounds | null;
  /** Memory of Python objects as tracemalloc counts it, in a second process. */
  readonly traced: Rounds;
}
