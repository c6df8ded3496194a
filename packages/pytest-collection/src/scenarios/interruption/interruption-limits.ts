import type { LimitSpecs } from '@seaworthy/scenario';

/** What collection/interruption is judged by. */
export const interruptionLimits = {
  maxStop: {
    unit: 'ms',
    default: 5000,
    min: 100,
    max: 600_000,
    description: 'time from SIGINT to the end of the process, which it must stay below',
  },
  maxLeftBehind: {
    unit: 'count',
    default: 0,
    description: 'processes that may outlive a run which was interrupted',
  },
} as const satisfies LimitSpecs;
