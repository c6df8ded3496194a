import { expect, test } from 'vitest';
import { bootIdFrom, isExactBootId, readHabitat } from '../../src/process/process-identity.ts';

const TIME = '{ sec = 1764000000, usec = 123456 } Mon Nov 24 16:00:00 2025\n';

test('a boot here is known exactly', () => {
  expect(isExactBootId(readHabitat().bootId)).toBe(true);
});

test('where the system draws a boot id by lot, that is taken, and no time that a correction of the clock moves', () => {
  const drawn = 'A1B2C3D4-0000-4000-8000-1234567890AB';
  const darwin = (name: string): string => (name === 'kern.bootsessionuuid' ? `${drawn}\n` : TIME);
  expect(bootIdFrom(darwin)).toBe(drawn);
});

test('elsewhere the second of the boot, which is not exact', () => {
  const bsd = (name: string): string | undefined => (name === 'kern.boottime' ? TIME : undefined);
  expect(bootIdFrom(bsd)).toBe('1764000000');
  expect(isExactBootId('1764000000')).toBe(false);
});
