import { describe, expect, it } from 'vitest';
import { isAtLeast, isSupported, OLDEST_SUPPORTED, parsePythonVersion } from '../src/python-version.ts';

describe('isAtLeast', () => {
  it('compares numbers, not digits', () => {
    expect(isAtLeast(parsePythonVersion('3.9.18'), 3, 14)).toBe(false);
    expect(isAtLeast(parsePythonVersion('3.15.0a1'), 3, 15)).toBe(true);
    expect(isAtLeast(parsePythonVersion('4.0'), 3, 15)).toBe(true);
    expect(isAtLeast(parsePythonVersion('three'), 3, 0)).toBe(false);
  });
});

it.each([
  [OLDEST_SUPPORTED, true],
  ['3.14.0rc1', true],
  ['3.7.17', false],
  ['2.7', false],
  ['none', false],
])('Python %s is supported: %s', (version, expected) => {
  expect(isSupported(parsePythonVersion(version))).toBe(expected);
});
