import type { ObservedCollection } from '../collect/observed-collection.ts';
import type { RepeatedCollections } from '../repeated-collections/repeated-collections.ts';

export interface MemoryGrowthObservation {
  /** In the order in which they were collected. */
  readonly collections: readonly { readonly files: number; readonly observed: ObservedCollection }[];
  /** Tests of a batch. */
  readonly batchTests: number;
  /** `null` where the collections before had failed already. */
  readonly batches: RepeatedCollections | null;
}
