import type { LimitSpecs } from '@seaworthy/scenario';

/** What memory/collection-leak is judged by. */
export const collectionLeakLimits = {
  maxGrowth: {
    unit: 'bytes',
    default: 150_000_000,
    min: 1_000_000,
    description:
      'memory that 1000 tests with 100 kB of data each take while they are held, which it must stay below (for other numbers a part or a multiple of it)',
  },
  maxRetained: {
    unit: 'bytes',
    default: 20_000_000,
    min: 1_000_000,
    description: 'memory that may stay of it once the tests are let go',
  },
  maxLeak: {
    unit: 'bytes',
    default: 500_000,
    min: 50_000,
    description: 'memory that each further collection leaves behind, which it must stay below',
  },
  maxExponent: {
    unit: 'ratio',
    default: 1.25,
    min: 1.05,
    max: 5,
    description:
      'exponent with which memory grows with the number of tests, and with the number of collections: 1 is linear, and it must stay below',
  },
} as const satisfies LimitSpecs;
