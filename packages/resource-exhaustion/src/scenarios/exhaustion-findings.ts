import type { FindingCatalogue } from '@seaworthy/scenario';
import { configurationFindings } from './configuration/configuration-findings.ts';
import { fragmentationFindings } from './fragmentation/fragmentation-findings.ts';
import { gradualFindings } from './gradual/gradual-findings.ts';
import { limitsCombinedFindings } from './limits-combined/limits-combined-findings.ts';
import { limitsCpuFindings } from './limits-cpu/limits-cpu-findings.ts';
import { limitsDescriptorsFindings } from './limits-descriptors/limits-descriptors-findings.ts';
import { limitsDiskFindings } from './limits-disk/limits-disk-findings.ts';
import { limitsMemoryFindings } from './limits-memory/limits-memory-findings.ts';
import { sandboxFindings } from './sandbox/sandbox-findings.ts';
import { workersFindings } from './workers/workers-findings.ts';

/**
 * Everything that the scenarios of this package can find, by code: LIM000 the sandbox itself, 001-009 memory, 010-019 CPU, 020-029
 * descriptors, 030-039 disk, 040-049 several at once, 050-059 what is configured; MEM020-029 gradual, 030-039 fragmentation, 040-049
 * workers.
 */
export const exhaustionFindings: FindingCatalogue = {
  ...sandboxFindings,
  ...limitsMemoryFindings,
  ...limitsCpuFindings,
  ...limitsDescriptorsFindings,
  ...limitsDiskFindings,
  ...limitsCombinedFindings,
  ...configurationFindings,
  ...gradualFindings,
  ...fragmentationFindings,
  ...workersFindings,
};
