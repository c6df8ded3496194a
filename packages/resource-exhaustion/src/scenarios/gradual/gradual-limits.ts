import type { LimitSpecs } from '@seaworthy/scenario';

/** What memory/gradual is judged by. */
export const gradualLimits = {
  guardLevel: {
    unit: 'percent',
    default: 80,
    min: 10,
    max: 99,
    description: 'level at which the guard refuses more memory, of the limit in force',
  },
  minEngage: {
    unit: 'percent',
    default: 50,
    min: 1,
    max: 99,
    description: 'lowest level at which the guard may refuse, of the limit in force',
  },
  maxEngage: {
    unit: 'percent',
    default: 100,
    min: 2,
    max: 100,
    description: 'highest level at which the guard may refuse, of the limit in force',
  },
  maxRetained: {
    unit: 'bytes',
    default: 20_000_000,
    min: 1_000_000,
    description: 'memory that may be left over the baseline once everything was given back',
  },
  maxRecovery: {
    unit: 'ms',
    default: 5000,
    min: 10,
    max: 60_000,
    description: 'time until no more than that is left',
  },
  maxFill: {
    unit: 'ms',
    default: 20_000,
    min: 500,
    max: 120_000,
    description: 'time until the guard refuses, or the limit is reached',
  },
  maxNeighbourStall: {
    unit: 'ms',
    default: 2000,
    min: 10,
    description: 'longest stall of a process outside of the sandbox',
  },
} as const satisfies LimitSpecs;
