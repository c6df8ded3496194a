import type { LimitSpecs } from '@seaworthy/scenario';

/** What imports/complex-web is judged by. */
export const complexWebLimits = {
  maxSearch: {
    unit: 'ms',
    default: 5000,
    min: 1,
    description: 'time to analyse the web, which it must stay below',
  },
  maxMemory: {
    unit: 'bytes',
    default: 100_000_000,
    min: 1_000_000,
    description: 'peak memory of a process that analyses the web, which it must stay below',
  },
  minCoverage: {
    unit: 'percent',
    default: 30,
    max: 100,
    description: 'share of the modules that the knots found must contain',
  },
} as const satisfies LimitSpecs;
