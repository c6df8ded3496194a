import type { CollectionLeakObservation } from '../../../src/scenarios/collection-leak/collection-leak-observation.ts';
import type {
  CollectionRound,
  HeavyRound,
  RepeatedCollections,
} from '../../../src/scenarios/repeated-collections/repeated-collections.ts';

export const MB = 1_000_000;

/** A collection after which so much is there. */
export const round = (retained: number | null, change: Partial<CollectionRound> = {}): CollectionRound => ({
  status: 0,
  tests: 1000,
  errors: 0,
  held: retained === null ? null : retained + 2 * MB,
  retained,
  ...change,
});

/** A thousand tests with data that come and go. */
export const heavy = (change: Partial<HeavyRound> = {}): HeavyRound => ({
  ...round(50 * MB),
  before: 50 * MB,
  held: 152 * MB,
  curve: Array.from({ length: 20 }, (_, i) => ({ tests: 50 * (i + 1), bytes: 50 * MB + 5.1 * MB * (i + 1) })),
  survivors: { count: 0, heldBy: [] },
  ...change,
});

/** Eight collections that each leave so much behind. */
export const leaving = (bytes: number): CollectionRound[] =>
  Array.from({ length: 8 }, (_, i) => round(50 * MB + bytes * (i + 1)));

export const repeated = (change: Partial<RepeatedCollections> = {}): RepeatedCollections => ({
  trimmed: true,
  start: 50 * MB,
  rounds: leaving(0),
  heavy: heavy(),
  lines: [],
  types: [],
  error: null,
  ...change,
});

export const observation = (
  change: Partial<RepeatedCollections> = {},
  more: Partial<CollectionLeakObservation> = {},
): CollectionLeakObservation => ({
  expected: 1000,
  share: 1,
  repeated: repeated(change),
  diagnosis: null,
  ...more,
});
