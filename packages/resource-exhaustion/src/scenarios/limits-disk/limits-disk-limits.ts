import type { LimitSpecs } from '@seaworthy/scenario';

/** What limits/disk is judged by. */
export const limitsDiskLimits = {
  minFilled: {
    unit: 'percent',
    default: 99,
    min: 50,
    max: 100,
    description: 'share of the place that must be taken when it is full',
  },
  spaceTolerance: {
    unit: 'bytes',
    default: 1_000_000,
    min: 4096,
    description: 'space that may be missing after the files are gone',
  },
  maxReturn: {
    unit: 'ms',
    default: 1000,
    min: 10,
    max: 60_000,
    description: 'time until the space is back',
  },
} as const satisfies LimitSpecs;
