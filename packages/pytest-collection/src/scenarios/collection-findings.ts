import type { FindingCatalogue } from '@seaworthy/scenario';
import { circularImportsFindings } from './circular-imports/circular-imports-findings.ts';
import { memoryFindings, rateFindings, resultFindings, slowFindings } from './collect/collect-findings.ts';
import { collectionLeakFindings } from './collection-leak/collection-leak-findings.ts';
import { interruptionFindings } from './interruption/interruption-findings.ts';
import { memoryGrowthFindings } from './memory-growth/memory-growth-findings.ts';
import { parallelFindings } from './parallel/parallel-findings.ts';
import { projectFindings } from './project/project-findings.ts';

/**
 * Everything that the scenarios of this package can find, by code: COL001-009 the collection of one generated tree, 010-019
 * several at once, 020-029 growth, 030-039 circular imports, 040-049 interruption, 050-069 the project's own suite; MEM010-019
 * leaks.
 */
export const collectionFindings: FindingCatalogue = {
  ...slowFindings,
  ...memoryFindings,
  ...rateFindings,
  ...resultFindings,
  ...parallelFindings,
  ...memoryGrowthFindings,
  ...circularImportsFindings,
  ...interruptionFindings,
  ...projectFindings,
  ...collectionLeakFindings,
};
