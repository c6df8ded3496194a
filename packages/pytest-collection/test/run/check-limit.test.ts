import { UsageError } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { checkLimit, LEAST_LIMIT } from '../../src/run/check-limit.ts';

const MACHINE = 8 * 1024 ** 3;

test('takes what lies between the least and the limits around, the ends included', () => {
  checkLimit(LEAST_LIMIT, undefined, MACHINE);
  checkLimit(MACHINE, undefined, MACHINE);
  checkLimit(512 * 1024 ** 2, 512 * 1024 ** 2, MACHINE);
});

test('refuses what lies outside', () => {
  expect(() => checkLimit(LEAST_LIMIT - 1, undefined, MACHINE)).toThrow(UsageError);
  expect(() => checkLimit(MACHINE + 1, undefined, MACHINE)).toThrow(/this machine has \(8 GiB\)/);
  expect(() => checkLimit(513 * 1024 ** 2, 512 * 1024 ** 2, MACHINE)).toThrow(/512 MiB, by its cgroup/);
});
