import type { LimitSpecs } from '@seaworthy/scenario';

/** What limits/combined is judged by. */
export const limitsCombinedLimits = {
  minReached: {
    unit: 'count',
    default: 2,
    min: 1,
    max: 4,
    description: 'resources that must be at their level at the same time',
  },
  minOverlap: {
    unit: 'ms',
    default: 3000,
    min: 100,
    max: 60_000,
    description: 'time for which they must be at their levels together',
  },
  minRecovered: {
    unit: 'percent',
    default: 67,
    min: 1,
    max: 100,
    description: 'share of the resources that must be back afterwards, which it must be above',
  },
  maxAnswer: {
    unit: 'ms',
    default: 2000,
    min: 1,
    max: 60_000,
    description: 'slowest answer to a control question during the pressure',
  },
} as const satisfies LimitSpecs;
