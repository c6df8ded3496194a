import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearestName } from '../src/nearest-name.ts';

const names = ['imports/simple-cycle', 'imports/complex-web', 'memory/gradual'];

test.for([
  ['import/simple-cycle', 'imports/simple-cycle'],
  ['imports/simplecycel', 'imports/simple-cycle'],
  ['MEMORY/Gradual', 'memory/gradual'],
  ['limits/disk', undefined],
  ['', undefined],
] as const)('%s: %s', ([given, expected]) => {
  expect(nearestName(given, names)).toBe(expected);
});

test('a name that is there is its own nearest', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1 }), (candidates) => {
      for (const name of candidates) expect(nearestName(name, candidates)).toBe(name);
    }),
  );
});
