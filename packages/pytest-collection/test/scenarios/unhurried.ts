import type { LimitOverrides } from '@seaworthy/scenario';

const given = (values: Record<string, number>): LimitOverrides => ({ values, source: 'the test' });

/** Enough time for every machine, and little memory, so that a fault need not fill much. */
export const UNHURRIED: ReadonlyMap<string, LimitOverrides> = new Map([
  ['collection/simple-1000', given({ maxDuration: 600_000, maxMemory: 200_000_000, minRate: 0 })],
  ['collection/nested-complex', given({ maxDuration: 600_000, maxMemory: 200_000_000 })],
  [
    'collection/parallel',
    given({ maxDuration: 600_000, maxSlowdown: 1000, maxWaiting: 1000, maxCpuInflation: 1000 }),
  ],
  ['collection/project', given({ maxDuration: 600_000 })],
]);
