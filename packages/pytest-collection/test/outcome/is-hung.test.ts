import { expect, test } from 'vitest';
import { computes, isHung, waitsForThreads } from '../../src/outcome/is-hung.ts';
import { AT } from './an-ending.ts';

const timedOut = (afterMs: number, heardMs: number) =>
  ({ kind: 'timed-out', afterMs, at: { ...AT, atMs: heardMs }, stacks: [] }) as const;

test('a run that went on until its time was up did not hang', () => {
  expect(isHung(timedOut(10_000, 9_000))).toBe(true);
  expect(isHung(timedOut(10_000, 9_001))).toBe(false);
  expect(isHung(timedOut(600_000, 595_000))).toBe(true);
  expect(isHung(timedOut(600_000, 595_001))).toBe(false);
});

test('what computes does not wait', () => {
  expect(computes({ ...timedOut(1, 0), waitsFor: 'nothing: it computes' })).toBe(true);
  expect(computes({ ...timedOut(1, 0), waitsFor: 'a lock' })).toBe(false);
});

test('at its exit Python waits for threads', () => {
  const frames = [{ path: '/usr/lib/python3.12/threading.py', line: 1, function: '_shutdown' }];
  const hung = { ...timedOut(1, 0), stacks: [{ thread: 'main', frames }] };
  expect(waitsForThreads({ ...hung, at: { phase: 'exit', atMs: 0 } })).toBe(true);
  expect(waitsForThreads(hung)).toBe(false);
});
