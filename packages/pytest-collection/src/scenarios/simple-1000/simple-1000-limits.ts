import type { LimitSpecs } from '@seaworthy/scenario';
import { maxDuration, maxMemory, minRate } from '../collect/collect-limits.ts';

/** What collection/simple-1000 is judged by. */
export const simple1000Limits = {
  maxDuration: maxDuration(60_000, '1000 files with 10 tests each'),
  maxMemory: maxMemory(500_000_000),
  minRate: minRate(50),
} as const satisfies LimitSpecs;
