import type { GrowingLine, RepeatedCollections } from '../repeated-collections/repeated-collections.ts';

export interface CollectionLeakObservation {
  /** Tests that there are. */
  readonly expected: number;
  /** Their number as a share of the one that the limit of growth is meant for. */
  readonly share: number;
  readonly repeated: RepeatedCollections;
  /** What grew, from a second process that was traced; `null` where nothing was conspicuous. */
  readonly diagnosis: {
    readonly lines: readonly GrowingLine[];
    readonly types: RepeatedCollections['types'];
  } | null;
}
