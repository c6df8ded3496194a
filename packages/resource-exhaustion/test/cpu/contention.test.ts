import { expect, test } from 'vitest';
import { isContended } from '../../src/cpu/contention.ts';

const run = { targetShare: 0.7, quotaCores: 0.25, durationMs: 2000, isStopped: false };

test.each([
  ['it waited for all that is missing', { meanShare: 0.5, waitedMs: 100 }, true],
  ['it waited for less, though the quota did not stop it either', { meanShare: 0.5, waitedMs: 99 }, false],
  ['it waited, and the quota stopped it as well', { meanShare: 0.5, waitedMs: 100, isStopped: true }, true],
  ['nothing is missing that counts', { meanShare: 0.6801, waitedMs: 9999 }, false],
  ['nobody knows how long it waited, and the quota did not stop it', { meanShare: 0.5 }, true],
  ['nobody knows how long it waited, and the quota stopped it', { meanShare: 0.5, isStopped: true }, false],
])('%s', (_what, change, expected) => {
  expect(isContended({ ...run, ...change })).toBe(expected);
});
