import type { LimitSpecs } from '@seaworthy/scenario';

/** What imports/performance is judged by. */
export const performanceLimits = {
  maxSlowdown: {
    unit: 'ratio',
    default: 5,
    min: 1,
    max: 1000,
    description: 'import time of circular modules against clean ones, which it must stay below',
  },
  maxFailures: {
    unit: 'count',
    default: 0,
    max: 1000,
    description: 'imports that may fail',
  },
  maxExtraMemory: {
    unit: 'bytes',
    default: 20_000_000,
    min: 100_000,
    description: 'peak memory of circular modules above that of clean ones, which it must stay below',
  },
} as const satisfies LimitSpecs;
