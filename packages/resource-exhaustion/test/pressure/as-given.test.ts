import { expect, test } from 'vitest';
import { asGiven } from '../../src/pressure/as-given.ts';

test.each([
  [{ share: Number.NaN, bytes: undefined }, 'share NaN'],
  [{ share: 2, bytes: Infinity }, 'share 2, bytes Infinity'],
  [{ share: '0.5' }, 'share "0.5"'],
  [{ share: undefined }, 'none'],
])('%j', (numbers, text) => {
  expect(asGiven(numbers)).toBe(text);
});
