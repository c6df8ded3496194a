import type { LimitSpecs } from '@seaworthy/scenario';

/** What limits/descriptors is judged by. */
export const limitsDescriptorsLimits = {
  maxLimit: {
    unit: 'count',
    default: 65_536,
    min: 64,
    max: 1_000_000,
    description: 'highest limit of open files that still counts as one',
  },
  maxNotReturned: {
    unit: 'count',
    default: 20,
    max: 1_000_000,
    description: 'descriptors that may stay open after all were given back, in all rounds together',
  },
  maxAnswer: {
    unit: 'ms',
    default: 2000,
    min: 1,
    max: 60_000,
    description: 'time of an answer while no descriptor is left',
  },
} as const satisfies LimitSpecs;
