import type { LimitSpecs } from '@seaworthy/scenario';

/** What imports/leak is judged by. */
export const leakLimits = {
  maxTotalGrowth: {
    unit: 'bytes',
    default: 5_000_000,
    min: 100_000,
    description: 'growth of memory over all rounds, which it must stay below',
  },
  maxMeanGrowth: {
    unit: 'bytes',
    default: 1_000_000,
    min: 10_000,
    description: 'growth of memory a round on average, which it must stay below',
  },
  maxRoundGrowth: {
    unit: 'bytes',
    default: 2_000_000,
    min: 10_000,
    description: 'growth of memory in any one round',
  },
  maxSurvivors: {
    unit: 'count',
    default: 0,
    max: 10_000,
    description: 'modules that may outlive their round',
  },
} as const satisfies LimitSpecs;
