import type { Unit } from './units.ts';

export type Severity = 'error' | 'warning' | 'note';

export interface SourceLocation {
  /** Relative to the project, with forward slashes; absolute where it lies outside. */
  readonly path: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based, in UTF-16 code units. */
  readonly column?: number;
}

export interface Quantity {
  readonly value: number;
  readonly unit: Unit;
}

export interface LimitReference extends Quantity {
  /** The limit's name in its scenario's specification. */
  readonly name: string;
  /** `least`: the value measured must not be smaller; `most`: must not be larger. */
  readonly bound: 'least' | 'most';
}

/** How sure a stated cause is. No fix is printed for an unknown cause. */
export type Certainty = 'certain' | 'likely' | 'unknown';

export interface Cause {
  readonly text: string;
  readonly certainty: Certainty;
}

export interface Fix {
  readonly text: string;
  readonly location?: SourceLocation;
}

/**
 * What a judge has to say about an observation. Plain data: it goes into the run record as it is, and every report is
 * made from it.
 */
export interface Finding {
  /** A code of the scenario's catalogue, such as `IMP003`. */
  readonly code: string;
  /** Only `error` makes a scenario fail. */
  readonly severity: Severity;
  /** One sentence that says what is wrong, with the figures. */
  readonly message: string;
  readonly measured?: Quantity;
  readonly limit?: LimitReference;
  readonly location?: SourceLocation;
  readonly evidence?: readonly string[];
  readonly cause?: Cause;
  readonly fix?: Fix;
}

/** The long text of a finding code, printed by `seaworthy explain CODE`. */
export interface FindingKind {
  /** A short noun phrase: "import cycle that crashes". */
  readonly title: string;
  readonly meaning: string;
  readonly causes: readonly string[];
  readonly fixes: readonly string[];
}

export type FindingCatalogue = Readonly<Record<string, FindingKind>>;
