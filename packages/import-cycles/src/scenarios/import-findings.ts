import type { FindingCatalogue } from '@seaworthy/scenario';
import { complexWebFindings } from './complex-web/complex-web-findings.ts';
import { agreementFindings, finderFindings } from './finder/finder-findings.ts';
import { leakFindings } from './leak/leak-findings.ts';
import { performanceFindings } from './performance/performance-findings.ts';
import { projectFindings } from './project/project-findings.ts';
import { threadsFindings } from './threads/threads-findings.ts';

/**
 * Everything that the import scenarios can find, by code: 001-019 the project's cycles, 021-029 the analysis itself,
 * 031-039 time and memory of imports, 041-049 threads, 051-059 unloading.
 */
export const importFindings: FindingCatalogue = {
  ...projectFindings,
  ...finderFindings,
  ...agreementFindings,
  ...complexWebFindings,
  ...performanceFindings,
  ...threadsFindings,
  ...leakFindings,
};
