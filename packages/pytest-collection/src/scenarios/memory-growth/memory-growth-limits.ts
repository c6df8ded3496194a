import type { LimitSpecs } from '@seaworthy/scenario';

/** What collection/memory-growth is judged by. */
export const memoryGrowthLimits = {
  maxPerFile: {
    unit: 'bytes',
    default: 500_000,
    min: 1_000,
    description: 'peak memory that each further file adds, which it must stay below',
  },
  maxExponent: {
    unit: 'ratio',
    default: 1,
    min: 0.1,
    max: 5,
    description:
      'exponent with which the whole peak grows with the number of files, which it must stay below: 1 is twice the memory for twice the files',
  },
  maxFileExponent: {
    unit: 'ratio',
    default: 1.25,
    min: 1.05,
    max: 5,
    description:
      'exponent with which the part of the peak grows that depends on the number of files, without what Python and pytest take anyway: 1 is linear, and it must stay below',
  },
  maxKept: {
    unit: 'bytes',
    default: 500_000,
    min: 50_000,
    description: 'memory that each further batch in one process leaves behind, which it must stay below',
  },
} as const satisfies LimitSpecs;
