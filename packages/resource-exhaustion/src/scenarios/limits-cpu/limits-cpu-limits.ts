import type { LimitSpecs } from '@seaworthy/scenario';

/** What limits/cpu is judged by. */
export const limitsCpuLimits = {
  lowLevel: {
    unit: 'percent',
    default: 70,
    min: 20,
    max: 95,
    description: 'lower level of CPU time, of the quota in force',
  },
  middleLevel: {
    unit: 'percent',
    default: 90,
    min: 20,
    max: 95,
    description: 'higher level of CPU time below the quota, of the quota in force',
  },
  tolerance: {
    unit: 'percent',
    default: 2,
    min: 0.1,
    max: 20,
    description: 'distance of the mean from a level, in points of the quota',
  },
  // 15 periods of a quota: on a calm machine 12 means of it were 0.3 to 1.5 points off, on a busy one a second look decides.
  minWindow: {
    unit: 'ms',
    default: 1500,
    min: 500,
    max: 60_000,
    description: 'time over which the mean of a level is taken',
  },
  maxAfterwards: {
    unit: 'percent',
    default: 30,
    min: 1,
    max: 100,
    description: 'CPU time in the second after the load was stopped, of the quota, which it must stay below',
  },
} as const satisfies LimitSpecs;
