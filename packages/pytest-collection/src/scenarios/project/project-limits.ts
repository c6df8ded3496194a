import type { LimitSpecs } from '@seaworthy/scenario';

/** What collection/project is judged by. */
export const projectLimits = {
  maxDuration: {
    unit: 'ms',
    default: 120_000,
    min: 100,
    description: "time of the slowest collection of the project's suite, which it must stay below",
  },
  maxMemory: {
    unit: 'bytes',
    default: 1_000_000_000,
    min: 1_000_000,
    description: 'memory that all its processes hold at the peak, which it must stay below',
  },
  maxErrors: {
    unit: 'count',
    default: 0,
    max: 100_000,
    description: 'files that may fail to be collected',
  },
  minTests: {
    unit: 'count',
    default: 1,
    max: 10_000_000,
    description: 'tests that must be found at least',
  },
  maxHiddenShare: {
    unit: 'ratio',
    default: 0.9,
    min: 0.01,
    max: 1,
    description:
      "share of the time that pytest's own figure leaves out (start, imports of plugins and conftests, end), which it must stay below where that is 5 s or more",
  },
} as const satisfies LimitSpecs;
