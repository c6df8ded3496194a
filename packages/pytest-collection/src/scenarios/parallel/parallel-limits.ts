import type { LimitSpecs } from '@seaworthy/scenario';
import { maxDuration } from '../collect/collect-limits.ts';

/** What collection/parallel is judged by. */
export const parallelLimits = {
  minSuccess: {
    unit: 'ratio',
    default: 0.5,
    max: 0.99,
    description: 'share of the collections at once that find every test, which it must exceed',
  },
  maxDuration: maxDuration(150_000, '200 files in each of four processes at once'),
  maxSlowdown: {
    unit: 'ratio',
    default: 1,
    min: 0.1,
    description:
      'time of all at once as a multiple of the time one after the other, which it must stay below (a quarter more where there is one core only)',
  },
  maxWaiting: {
    unit: 'ratio',
    default: 0.5,
    min: 0.01,
    description:
      'time that a collection stands still only because others run, as a share of its time alone, which it must stay below',
  },
  maxCpuInflation: {
    unit: 'ratio',
    default: 2.5,
    min: 1,
    description:
      'processor time of a collection among others as a multiple of its own alone, which it must stay below',
  },
} as const satisfies LimitSpecs;
