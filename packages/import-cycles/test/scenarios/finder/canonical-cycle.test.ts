import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalCycle, cycleAsText, missingFrom } from '../../../src/scenarios/finder/canonical-cycle.ts';

describe('canonicalCycle', () => {
  it('is the same for every rotation', () => {
    const cycle = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(cycle, fc.nat({ max: 5 }), (names, by) => {
        const at = by % names.length;
        const rotated = [...names.slice(at), ...names.slice(0, at)];
        expect(canonicalCycle(rotated)).toEqual(canonicalCycle(names));
      }),
    );
  });

  it('keeps the direction', () => {
    expect(canonicalCycle(['c', 'a', 'b'])).toEqual(['a', 'b', 'c']);
    expect(canonicalCycle(['c', 'b', 'a'])).toEqual(['a', 'c', 'b']);
  });
});

it('cycleAsText closes the circle', () => {
  expect(cycleAsText(['a', 'b'])).toBe('a -> b -> a');
  expect(cycleAsText([])).toBe('');
  const long = Array.from({ length: 20 }, (_, i) => `m${i}`);
  expect(cycleAsText(long)).toBe(
    'm0 -> m1 -> m2 -> m3 -> m4 -> m5 -> m6 -> m7 -> m8 -> m9 -> (9 more) -> m19 -> m0',
  );
});

it('missingFrom compares whole lists', () => {
  expect(missingFrom([['a', 'b']], [['a', 'b'], ['a'], ['b', 'a']])).toEqual([['a'], ['b', 'a']]);
});
