/** What `collection_rounds.py` tells of one collection in its process. Sizes are bytes; `null` where the system does not tell. */
export interface CollectionRound {
  /** pytest's exit status. */
  readonly status: number;
  /** `null` where collection did not come to its end. */
  readonly tests: number | null;
  readonly errors: number;
  /** Resident memory when everything was collected. */
  readonly held: number | null;
  /** Afterwards: test modules unloaded, garbage collected, free pages returned. */
  readonly retained: number | null;
}

/** A collection in which every test was given data of its own. */
export interface HeavyRound extends CollectionRound {
  /** Before it began. */
  readonly before: number | null;
  /** Resident memory while tests were collected. */
  readonly curve: readonly { readonly tests: number; readonly bytes: number | null }[];
  readonly survivors: {
    /** Tests whose data was still there afterwards. */
    readonly count: number;
    /** What leads to it, such as `list registry.kept`. */
    readonly heldBy: readonly string[];
  };
}

/** The same tests collected several times in one process. */
export interface RepeatedCollections {
  /** The allocator was told to return what it can before each figure. */
  readonly trimmed: boolean;
  /** After the rounds that are not counted. */
  readonly start: number | null;
  readonly rounds: readonly CollectionRound[];
  readonly heavy: HeavyRound | null;
  /** Lines whose objects grew most over the rounds; only of a traced process. */
  readonly lines: readonly GrowingLine[];
  /** Types of which there are more objects than before; only of a traced process. */
  readonly types: readonly { readonly type: string; readonly objects: number }[];
  /** What came out of pytest, or why there is no answer. */
  readonly error: { readonly type: string; readonly message: string } | null;
}

export interface GrowingLine {
  /** Relative to the tests where it lies among them. */
  readonly path: string;
  readonly line: number;
  readonly bytes: number;
  readonly objects: number;
}
