import { expect, it } from 'vitest';
import { hooksText, originText, proofText } from '../../src/formats/plugin-text.ts';
import { aPlugin } from './a-profile.ts';

const proof = { savedMs: 130, lowMs: 112, highMs: 151, savedBytes: 6e6, sameTests: true };

it.each([
  [proof, '130 ms less (112 ms to 151 ms)'],
  [{ ...proof, savedMs: -40, lowMs: -60, highMs: -20 }, '40 ms more (20 ms to 60 ms)'],
  [{ ...proof, savedMs: 3, lowMs: -5, highMs: 11 }, 'unproven (-5 ms to 11 ms)'],
  [{ ...proof, sameTests: false }, 'other tests: needed'],
])('%j is told as %s', (without, expected) => {
  expect(proofText(aPlugin('x', { without }))).toBe(expected);
});

it('is silent where nothing was tried', () => {
  expect(proofText(aPlugin('x'))).toBe('');
});

it('names where a plugin comes from', () => {
  expect(originText(aPlugin('x', { distribution: 'pytest-x', version: '1.2' }))).toBe('pytest-x 1.2');
  expect(originText(aPlugin('x', { distribution: 'pytest-x' }))).toBe('pytest-x');
  expect(originText(aPlugin('x', { origin: 'builtin' }))).toBe('pytest itself');
});

it('names the hooks that cost most', () => {
  const hooks = [
    { hook: 'a', calls: 1, wallMs: 20 },
    { hook: 'b', calls: 1200, wallMs: 10 },
    { hook: 'c', calls: 1, wallMs: 5 },
    { hook: 'd', calls: 1, wallMs: 0.1 },
  ];
  expect(hooksText(aPlugin('x', { hooks }))).toBe('a 20 ms, b 10 ms in 1,200 calls');
  expect(hooksText(aPlugin('x', { hooks: hooks.slice(3) }))).toBe('');
});
