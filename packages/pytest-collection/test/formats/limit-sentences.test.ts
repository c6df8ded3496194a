import { expect, it } from 'vitest';
import { limitSentences } from '../../src/formats/limit-sentences.ts';
import { aProfile } from './a-profile.ts';

const { workers, smallestLimit: _, ...unbounded } = aProfile();

it('tells the smallest limit and the largest number of workers', () => {
  expect(limitSentences(aProfile())).toEqual([
    'Collects with a memory limit of 59.1 MiB, fails with 55.3 MiB (3 limits tried)',
    'Memory sets no bound to -n 2, a worker for each CPU: each worker needs 83.9 MiB of 488.3 MiB (--limit), which is enough for 4',
  ]);
});

it.each([
  [0, 'Not even -n 1 fits: each worker needs 83.9 MiB of 488.3 MiB (--limit)'],
  [1, '-n 1 is the largest that fits: each worker needs 83.9 MiB of 488.3 MiB (--limit); 2 CPUs may be used'],
  [2, '-n 2 is the largest that fits: each worker needs 83.9 MiB of 488.3 MiB (--limit); 2 CPUs may be used'],
])('says what %i workers mean', (largest, expected) => {
  expect(limitSentences({ ...unbounded, workers: { ...workers!, largest } })).toEqual([expected]);
});

it('says where the smallest limit was not confirmed', () => {
  const { workers: _workers, smallestLimit, ...rest } = aProfile();
  expect(limitSentences({ ...rest, smallestLimit: { ...smallestLimit!, confirmed: false } })).toEqual([
    'Collects with a memory limit of 59.1 MiB, fails with 55.3 MiB (3 limits tried; not confirmed, since no more were to be tried)',
  ]);
});
