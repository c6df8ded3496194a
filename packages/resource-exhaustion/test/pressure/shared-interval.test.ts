import { expect, test } from 'vitest';
import { sharedInterval } from '../../src/pressure/shared-interval.ts';
import { until } from '../keeper/start-keeper.ts';

test('all are called by one timer, each until it is disposed of', async () => {
  const calls: string[] = [];
  const first = sharedInterval(7, () => calls.push('first'));
  const second = sharedInterval(7, () => calls.push('second'));
  await until(() => calls.length >= 4);
  expect(calls.slice(0, 4)).toEqual(['first', 'second', 'first', 'second']);
  first[Symbol.dispose]();
  const count = calls.length;
  await until(() => calls.length >= count + 2);
  expect(new Set(calls.slice(count))).toEqual(new Set(['second']));
  second[Symbol.dispose]();
  const third = sharedInterval(7, () => calls.push('third'));
  first[Symbol.dispose](); // Once more does nothing.
  await until(() => calls.at(-1) === 'third');
  third[Symbol.dispose]();
});
