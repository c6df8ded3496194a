/** One thing in which two collections, or two runs of one, did not do the same work. */
export interface TestDifference {
  readonly kind: 'outcome' | 'no-tests' | 'tests' | 'deselected' | 'errors' | 'unstable' | 'files';
  /** A sentence with the figures and the names of the sides. */
  readonly message: string;
  /** Files or node ids concerned, as far as they are known, at most 20. */
  readonly examples: readonly string[];
}
