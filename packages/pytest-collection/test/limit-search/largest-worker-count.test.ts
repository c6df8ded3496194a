import { UsageError } from '@seaworthy/scenario';
import { describe, expect, it } from 'vitest';
import { largestWorkerCount } from '../../src/limit-search/largest-worker-count.ts';

const costs = { perWorkerBytes: 100, controllerBytes: 50, limitBytes: 450, cpus: 4, origin: 'cgroup' };

describe('largestWorkerCount', () => {
  it('adds up the controller and its workers', () => {
    expect(largestWorkerCount(costs)).toEqual({
      limit: 450,
      origin: 'cgroup',
      perWorker: 100,
      largest: 4,
      cpus: 4,
    });
  });

  it.each([
    [449, 3],
    [450, 4],
    [149, 0],
    [150, 1],
    [20, 0],
  ])('fits into %i bytes %i workers', (limitBytes, largest) => {
    expect(largestWorkerCount({ ...costs, limitBytes }).largest).toBe(largest);
  });

  it.each([
    [{ perWorkerBytes: 0 }, 'Expected bytes of a worker above 0, got 0'],
    [{ controllerBytes: -1 }, 'Expected bytes of the controller of at least 0, got -1'],
    [{ limitBytes: Number.POSITIVE_INFINITY }, 'Expected a limit above 0, got Infinity'],
    [{ cpus: Number.NaN }, 'Expected CPUs above 0, got NaN'],
  ])('refuses %j', (change, message) => {
    expect(() => largestWorkerCount({ ...costs, ...change })).toThrow(
      new UsageError('IMPOSSIBLE_WORKERS', message),
    );
  });
});
