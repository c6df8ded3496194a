import type { LimitSpecs } from '@seaworthy/scenario';

/** What collection/circular-imports is judged by. */
export const circularImportsLimits = {
  maxDuration: {
    unit: 'ms',
    default: 120_000,
    min: 1000,
    description: 'time to collect test modules that import each other, which it must stay below',
  },
} as const satisfies LimitSpecs;
