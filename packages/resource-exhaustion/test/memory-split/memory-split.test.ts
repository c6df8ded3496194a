import { expect, test } from 'vitest';
import { splitOf } from '../../src/memory-split/memory-split.ts';

test('live, retained by the allocator, and leaked', () => {
  expect(splitOf({ before: 10, height: 140, freed: 90, trimmed: 12 })).toEqual({
    liveBytes: 130,
    retainedBytes: 78,
    leakedBytes: 2,
  });
});

test('without a trim nobody can tell retained from leaked', () => {
  expect(splitOf({ before: 10, height: 140, freed: 90 })).toEqual({ liveBytes: 130, retainedBytes: 80 });
});

test('nothing is less than nothing: a trim takes what was there before, too', () => {
  expect(splitOf({ before: 10, height: 140, freed: 9, trimmed: 8 })).toEqual({
    liveBytes: 130,
    retainedBytes: 0,
    leakedBytes: 0,
  });
  expect(splitOf({ before: 10, height: 140, freed: 12, trimmed: 8 }).retainedBytes).toBe(2);
});
