import { expect, test } from 'vitest';
import type { GaugeReading } from '../../src/model/gauge.ts';
import { Course } from '../../src/pressure/course.ts';
import { MIB } from '../sandboxes.ts';

function courseOf(...usage: readonly (number | undefined)[]): Course {
  let next = 0;
  const read = async (): Promise<GaugeReading> => {
    const usageBytes = usage[next++];
    if (usageBytes === undefined) return { at: 0n };
    return { at: 0n, memory: { usageBytes, anonymousBytes: 0, sharedBytes: 0, reclaimableBytes: 0 } };
  };
  return new Course({ source: 'cgroup-files', read }, ({ memory }) => memory?.usageBytes, 'memory');
}

test('a value that the gauge cannot tell is no value, and whoever steers by it is told', async () => {
  const course = courseOf(5 * MIB, undefined, undefined, 7 * MIB);
  course.hold();
  expect(await course.read()).toBe(5 * MIB);
  expect(await course.look()).toBeUndefined();
  await expect(course.read()).rejects.toMatchObject({ name: 'FiguresGone', message: /memory/ });
  expect(await course.read()).toBe(7 * MIB);
  expect(course.curve.map(([, value]) => value)).toEqual([5 * MIB, 7 * MIB]);
  expect(course.heldLevel()).toMatchObject({ samples: 2, min: 5 * MIB, max: 7 * MIB });
});
