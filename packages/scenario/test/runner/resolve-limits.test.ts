import { expect, test } from 'vitest';
import { resolveLimits } from '../../src/runner/resolve-limits.ts';
import { UsageError } from '../../src/usage-error.ts';
import { thermometer } from '../sample-scenarios.ts';

const resolve = (values: Record<string, unknown>): ReturnType<typeof resolveLimits> =>
  resolveLimits(thermometer(), { values, source: 'seaworthy.config.ts:7' });

test('defaults, changed by what is configured, with where each comes from', () => {
  expect(resolveLimits(thermometer())).toEqual({
    limits: { warmest: 30, coldest: 10 },
    sources: { warmest: 'default', coldest: 'default' },
  });
  expect(resolve({ warmest: 100 })).toEqual({
    limits: { warmest: 100, coldest: 10 },
    sources: { warmest: 'seaworthy.config.ts:7', coldest: 'default' },
  });
  expect(resolve({ warmest: -50 }).limits['warmest']).toBe(-50);
});

test.for([
  [
    { warmst: 3 },
    'UNKNOWN_LIMIT',
    'seaworthy.config.ts:7: the scenario sample/thermometer has no limit "warmst". Did you mean "warmest"?',
  ],
  [{ pressure: 3 }, 'UNKNOWN_LIMIT', 'It has: warmest, coldest.'],
  [{ toString: 3 }, 'UNKNOWN_LIMIT', 'no limit "toString"'],
  [
    { warmest: '40' },
    'INVALID_LIMIT',
    'seaworthy.config.ts:7: expected a number for the limit "warmest" of sample/thermometer (warmest allowed, in degrees), got "40".',
  ],
  [{ warmest: NaN }, 'INVALID_LIMIT', 'got NaN'],
  [{ warmest: Infinity }, 'INVALID_LIMIT', 'got Infinity'],
  [{ warmest: null }, 'INVALID_LIMIT', 'got null'],
  [{ warmest: undefined }, 'INVALID_LIMIT', 'got undefined'],
  [{ warmest: 10n }, 'INVALID_LIMIT', 'got 10n'],
  [{ warmest: 101 }, 'LIMIT_OUT_OF_RANGE', 'expected a value between -50 and 100 for the limit "warmest"'],
  [
    { coldest: -1 },
    'LIMIT_OUT_OF_RANGE',
    'expected a value at least 0 for the limit "coldest" of sample/thermometer (coldest allowed, in degrees), got -1. The default is 10.',
  ],
] as const)('%o is a mistake that is explained', ([values, code, message]) => {
  expect(() => resolve(values)).toThrow(UsageError);
  expect(() => resolve(values)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) as string }),
  );
});
