import type { FixKind } from '../import-report.ts';

export interface Fix {
  readonly kind: FixKind;
  readonly text: string;
}

/**
 * What an import costs to move, for choosing among sets of the same size: an edit of one line first, a change of design
 * last.
 */
export const EFFORT: Readonly<Record<FixKind, number>> = {
  lazy: 0,
  'type-checking': 0,
  submodule: 1,
  defer: 2,
  extract: 8,
};
