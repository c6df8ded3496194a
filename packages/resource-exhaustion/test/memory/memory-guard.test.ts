import { expect, test } from 'vitest';
import { guardGrants } from '../../src/memory/memory-guard.ts';

const at = (usageBytes: number, stepBytes: number, heldBytes = 0) => ({ usageBytes, stepBytes, heldBytes });

test('grants up to its share of the limit, and not a byte more', () => {
  expect(guardGrants({ share: 0.8 }, 1000, at(700, 100))).toBe(true);
  expect(guardGrants({ share: 0.8 }, 1000, at(700, 101))).toBe(false);
});

test('looks at the limit that it was told', () => {
  expect(guardGrants({ share: 0.8, limitBytes: 10_000 }, 1000, at(900, 100))).toBe(true);
});

test('of a worker alone looks at what that one holds', () => {
  expect(guardGrants({ share: 0.8, counts: 'worker' }, 1000, at(950, 100, 300))).toBe(true);
  expect(guardGrants({ share: 0.8, counts: 'worker' }, 1000, at(0, 100, 701))).toBe(false);
});
