import type { FixKind } from '../import-report.ts';

export interface Fix {
  readonly kind: FixKind;
  readonly text: string;
}

/** A fix, and how much work it is. */
export interface WeighedFix extends Fix {
  /** For choosing among sets of the same size: an edit of one line first, a change of design last. */
  readonly effort: number;
}

const EFFORT: Readonly<Record<FixKind, number>> = {
  lazy: 0,
  'type-checking': 0,
  submodule: 1,
  defer: 2,
  extract: 8,
};

/** What it takes when other modules have to import a name from elsewhere. */
export const EFFORT_OF_MOVING_USERS = 4;

export function weighed(fix: Fix): WeighedFix {
  return { ...fix, effort: EFFORT[fix.kind] };
}
