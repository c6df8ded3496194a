import type { LimitSpecs } from '@seaworthy/scenario';

/** What imports/threads is judged by. */
export const threadsLimits = {
  maxDeadlocks: {
    unit: 'percent',
    default: 10,
    min: 0.1,
    max: 100,
    description: 'share of trials in which threads never finish, which it must stay below',
  },
  maxDuration: {
    unit: 'ms',
    default: 90_000,
    min: 1000,
    description: 'time for all trials, which it must stay below',
  },
  maxErrors: {
    unit: 'count',
    default: 0,
    max: 10_000,
    description: 'threads that may die of an error',
  },
  minMeetings: {
    unit: 'percent',
    default: 50,
    max: 100,
    description: 'share of trials in which threads must meet in an import, or nothing was tested',
  },
} as const satisfies LimitSpecs;
