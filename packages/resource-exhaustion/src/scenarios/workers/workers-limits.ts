import type { LimitSpecs } from '@seaworthy/scenario';

/** What memory/workers is judged by. */
export const workersLimits = {
  minSucceeding: {
    unit: 'percent',
    default: 50,
    min: 1,
    max: 100,
    description: 'workers that must come to the barrier and hold there, at each number of them',
  },
  minScaling: {
    unit: 'percent',
    default: 80,
    min: 10,
    max: 100,
    description:
      'memory that the workers hold together, of what as many times one worker would be: it must grow with their number',
  },
  minFairness: {
    unit: 'ratio',
    default: 0.6,
    min: 0.1,
    max: 1,
    description: "Jain's index of what each worker holds: 1 where all hold the same",
  },
  maxRetained: {
    unit: 'bytes',
    default: 10_000_000,
    min: 100_000,
    description: 'memory that may be left of each worker once all gave theirs back and ended',
  },
  maxRecovery: {
    unit: 'ms',
    default: 3000,
    min: 10,
    max: 60_000,
    description: 'how long that is waited for',
  },
  maxFill: {
    unit: 'ms',
    default: 20_000,
    min: 500,
    max: 120_000,
    description:
      'time until all workers of a number are at the barrier, after which the machine was too busy to tell',
  },
  guardLevel: {
    unit: 'percent',
    default: 85,
    min: 30,
    max: 99,
    description: 'level at which the budget that all workers share refuses more, of the limit in force',
  },
} as const satisfies LimitSpecs;
