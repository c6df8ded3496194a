import type { LimitSpecs } from '@seaworthy/scenario';

/** What imports/simple-cycle is judged by. */
export const simpleCycleLimits = {
  maxSearch: {
    unit: 'ms',
    default: 1000,
    min: 1,
    description: 'time to analyse three modules, which it must stay below',
  },
} as const satisfies LimitSpecs;
