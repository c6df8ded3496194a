import type { LimitSpecs } from '@seaworthy/scenario';
import { maxDuration, maxMemory } from '../collect/collect-limits.ts';

/** What collection/nested-complex is judged by. */
export const nestedComplexLimits = {
  maxDuration: maxDuration(180_000, '50 folders with 20 files each'),
  maxMemory: maxMemory(800_000_000),
} as const satisfies LimitSpecs;
