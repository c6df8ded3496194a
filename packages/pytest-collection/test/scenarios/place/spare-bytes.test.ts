import type { ContainerLimits } from '@seaworthy/scenario';
import { expect, it } from 'vitest';
import { spareBytesOf } from '../../../src/scenarios/place/spare-bytes.ts';

const machine = { project: { root: '/project' }, cores: 2, memoryBytes: 1000 };

const inContainer = (
  limits: ContainerLimits,
  python: object = { python: { executable: 'python3', version: '3.13.0' } },
) =>
  spareBytesOf({
    ...machine,
    subject: {
      kind: 'image',
      endpoint: { kind: 'socket', path: '/s' },
      image: 'i',
      name: 'i',
      limits,
      ...python,
    },
  });

it('is half of the memory of the machine', () => {
  expect(spareBytesOf(machine)).toBe(500);
});

it.each([
  ['is ended with half of it', { memoryBytes: 500, memorySwapBytes: 500 }],
  ['gets half of it with its swap', { memoryBytes: 250 }],
])('is any number in a container that %s', (_, limits) => {
  expect(inContainer(limits)).toBe(Number.MAX_SAFE_INTEGER);
});

it.each([
  ['has no limit', {}],
  ['has more than half', { memoryBytes: 501, memorySwapBytes: 501 }],
  ['has more than half with the swap that the engine adds', { memoryBytes: 251 }],
  ['may swap without end', { memoryBytes: 100, memorySwapBytes: -1 }],
])('is that of the machine in a container that %s', (_, limits) => {
  expect(inContainer(limits)).toBe(500);
});

it('is that of the machine where the image has no Python, so that scenarios run outside of it', () => {
  expect(inContainer({ memoryBytes: 100, memorySwapBytes: 100 }, {})).toBe(500);
});
