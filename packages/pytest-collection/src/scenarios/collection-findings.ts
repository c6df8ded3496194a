import type { FindingCatalogue } from '@seaworthy/scenario';

/** Every finding that a scenario of this package can raise. */
export const collectionFindings: FindingCatalogue = {};
