import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findNonJson } from '../../src/runner/json-data.ts';

test('what it lets pass survives being written and read', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withTypedArray: true,
    withSparseArray: true,
  });
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), anything), (value) => {
      if (findNonJson(value) !== undefined) return;
      expect(JSON.parse(JSON.stringify(value))).toEqual(positiveZeros(value));
    }),
  );
});

test('it lets pass all that was read from JSON', () => {
  fc.assert(fc.property(fc.json(), (text) => findNonJson(JSON.parse(text)) === undefined));
});

const loop: unknown[] = [];
loop.push({ back: loop });
class Reading {}

test.for<[unknown, string]>([
  [undefined, 'value is undefined'],
  [{ trials: [{ ms: 1 }, { ms: NaN }] }, 'value.trials[1].ms is NaN'],
  [[Infinity], 'value[0] is Infinity'],
  [{ error: undefined }, 'value.error is undefined'],
  [[1, , 3], 'value[1] is undefined'], // eslint-disable-line no-sparse-arrays
  [{ at: new Date(0) }, 'value.at is an instance of Date'],
  [new Map(), 'value is an instance of Map'],
  [new Uint8Array(2), 'value is an instance of Uint8Array'],
  [new Reading(), 'value is an instance of Reading'],
  [{ run: () => 0 }, 'value.run is a function'],
  [10n, 'value is a bigint'],
  [{ [Symbol('x')]: 1 }, 'value has a symbol for a key'],
  [loop, 'value[0].back contains itself'],
])('%o is not JSON data', ([value, problem]) => {
  expect(findNonJson(value)).toBe(problem);
});

test('the same object twice is no loop', () => {
  const shared = { a: 1 };
  expect(findNonJson([shared, { shared }])).toBeUndefined();
});

function positiveZeros(value: unknown): unknown {
  if (typeof value === 'number') return value + 0;
  if (Array.isArray(value)) return value.map(positiveZeros);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value))
    Object.defineProperty(copy, key, {
      value: positiveZeros(inner),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  return copy;
}
