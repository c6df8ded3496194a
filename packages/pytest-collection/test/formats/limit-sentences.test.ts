import { expect, it } from 'vitest';
import { limitSentences } from '../../src/formats/limit-sentences.ts';
import { aProfile } from './a-profile.ts';

const { workers, smallestLimit: _, ...unbounded } = aProfile();

it('tells the smallest limit and the largest number of workers', () => {
  expect(limitSentences(aProfile())).toEqual([
    'Collects with a memory limit of 62 MB, fails with 58 MB (3 limits tried)',
    'Memory sets no bound to -n 2, a worker for each CPU: each worker needs 88 MB of 512 MB (--limit), which is enough for 4',
  ]);
});

it.each([
  [0, 'Not even -n 1 fits: each worker needs 88 MB of 512 MB (--limit)'],
  [1, '-n 1 is the largest that fits: each worker needs 88 MB of 512 MB (--limit); 2 CPUs may be used'],
  [2, '-n 2 is the largest that fits: each worker needs 88 MB of 512 MB (--limit); 2 CPUs may be used'],
])('says what %i workers mean', (largest, expected) => {
  expect(limitSentences({ ...unbounded, workers: { ...workers!, largest } })).toEqual([expected]);
});
