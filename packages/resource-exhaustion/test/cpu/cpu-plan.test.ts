import { UsageError } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { planCpu } from '../../src/cpu/cpu-plan.ts';
import type { Sandbox } from '../../src/model/sandbox.ts';

const { signal } = new AbortController();
const withCpus = (declared: number, effective?: number) =>
  ({
    declared: { cpus: declared },
    effective: effective === undefined ? {} : { cpus: effective },
  }) as Sandbox;

test.each([
  [0.25, 0.7, { targetCores: 0.175, isSaturating: false, workers: 1 }],
  [0.25, 1, { targetCores: 0.25, isSaturating: true, workers: 1 }],
  [1, 1, { targetCores: 1, isSaturating: true, workers: 2 }],
  [2, 0.9, { targetCores: 1.8, isSaturating: false, workers: 2 }],
  [2.5, 1, { targetCores: 2.5, isSaturating: true, workers: 3 }],
])('of %d cores, share %d: %j', (cpus, share, expected) => {
  expect(planCpu({ share, durationMs: 1000, signal }, withCpus(8, cpus))).toMatchObject({
    quota: cpus,
    ...expected,
  });
});

test('aims for the declared quota where none is enforced', () => {
  expect(planCpu({ share: 0.5, durationMs: 1, signal }, withCpus(0.5))).toMatchObject({
    quota: 0.5,
    targetCores: 0.25,
  });
});

test.each([
  { share: 0, durationMs: 5 },
  { share: 1.01, durationMs: 5 },
  { share: Number.NaN, durationMs: 5 },
  { share: 0.5, durationMs: 0 },
  { share: 0.5, durationMs: Number.POSITIVE_INFINITY },
  { share: 0.5, durationMs: 5, afterMs: -1 },
  { share: 0.5, durationMs: 5, workers: 0 },
  { share: 0.5, durationMs: 5, workers: 1.5 },
  { share: 0.5, durationMs: 5, workers: Number.NaN },
])('refuses %j', (request) => {
  expect(() => planCpu({ ...request, signal }, withCpus(1))).toThrow(UsageError);
});
