import type { LimitSpecs } from '@seaworthy/scenario';

/** What memory/fragmentation is judged by. */
export const fragmentationLimits = {
  maxRetained: {
    unit: 'bytes',
    default: 50_000_000,
    min: 1_000_000,
    description:
      'memory that may be left after everything was freed and trimmed, for 256 MB of blocks (for other sizes a part or a multiple of it)',
  },
  maxPeakGrowth: {
    unit: 'ratio',
    default: 1.1,
    min: 1,
    max: 10,
    description: 'memory at the height of the last round, as a multiple of the first',
  },
  maxAnswer: {
    unit: 'ms',
    default: 2000,
    min: 10,
    max: 60_000,
    description: 'time in which the process opens a file, starts a program and imports a module afterwards',
  },
  maxChurn: {
    unit: 'ms',
    default: 20_000,
    min: 500,
    max: 120_000,
    description: 'time for all rounds, after which the machine was too busy to tell',
  },
} as const satisfies LimitSpecs;
