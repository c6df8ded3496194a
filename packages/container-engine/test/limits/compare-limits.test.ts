import { expect, test } from 'vitest';
import type { ContainerLimits } from '@seaworthy/scenario';
import { compareLimits, type LimitDifference } from '../../src/index.ts';

const MB = 2 ** 20;

test.for<[string, ContainerLimits, ContainerLimits]>([
  ['nothing is declared', {}, { memoryBytes: MB, pids: 5 }],
  [
    'all is in force',
    { memoryBytes: 64 * MB, cpus: 0.25, pids: 5 },
    { memoryBytes: 64 * MB, cpus: 0.25, pids: 5 },
  ],
  ['memory was rounded down to a page', { memoryBytes: 64 * MB + 65_535 }, { memoryBytes: 64 * MB }],
  ['a quota was rounded to a microsecond', { cpus: 1 / 3 }, { cpus: 0.33333 }],
  ['no limit was wanted and there is none', { memoryBytes: MB, memorySwapBytes: -1 }, { memoryBytes: MB }],
  [
    'a place is written with a slash',
    { tmpfs: [{ path: '/x/', bytes: MB }] },
    { tmpfs: [{ path: '/x', bytes: MB }] },
  ],
  ['its size is left open', { tmpfs: [{ path: '/x' }] }, { tmpfs: [{ path: '/x', bytes: 7 * MB }] }],
  ['it is not wanted, and not there', { init: false, readOnlyRoot: false }, {}],
])('no difference where %s', ([, declared, effective]) => {
  expect(compareLimits(declared, effective)).toEqual([]);
});

test.for<[string, ContainerLimits, ContainerLimits, LimitDifference]>([
  [
    'memory is not limited',
    { memoryBytes: MB },
    {},
    { name: 'memoryBytes', declared: MB, effective: undefined },
  ],
  [
    'one around it is lower',
    { memoryBytes: 64 * MB },
    { memoryBytes: 64 * MB - 65_536 },
    { name: 'memoryBytes', declared: 64 * MB, effective: 64 * MB - 65_536 },
  ],
  [
    'swap is ignored',
    { memoryBytes: MB, memorySwapBytes: MB },
    { memoryBytes: MB },
    { name: 'memorySwapBytes', declared: MB, effective: undefined },
  ],
  [
    'swap is limited and should not be',
    { memoryBytes: MB, memorySwapBytes: -1 },
    { memoryBytes: MB, memorySwapBytes: 2 * MB },
    { name: 'memorySwapBytes', declared: -1, effective: 2 * MB },
  ],
  [
    'CPUs are another share',
    { cpus: 0.25 },
    { cpus: 0.2501 },
    { name: 'cpus', declared: 0.25, effective: 0.2501 },
  ],
  ['one process more is allowed', { pids: 5 }, { pids: 6 }, { name: 'pids', declared: 5, effective: 6 }],
  [
    'a soft ulimit differs',
    { ulimits: [{ name: 'nofile', soft: 5, hard: 9 }] },
    { ulimits: [{ name: 'nofile', soft: 9, hard: 9 }] },
    { name: 'ulimit nofile', declared: 5, effective: 9 },
  ],
  [
    'a hard ulimit differs',
    { ulimits: [{ name: 'nofile', soft: 5, hard: 9 }] },
    { ulimits: [{ name: 'nofile', soft: 5, hard: -1 }] },
    { name: 'ulimit nofile', declared: 9, effective: undefined },
  ],
  [
    'shared memory is larger',
    { shmBytes: MB },
    { shmBytes: 64 * MB },
    { name: 'shmBytes', declared: MB, effective: 64 * MB },
  ],
  [
    'a tmpfs is not there',
    { tmpfs: [{ path: '/x', bytes: MB }] },
    {},
    { name: 'tmpfs /x', declared: MB, effective: false },
  ],
  [
    'a tmpfs has no size',
    { tmpfs: [{ path: '/x', bytes: MB }] },
    { tmpfs: [{ path: '/x' }] },
    { name: 'tmpfs /x', declared: MB, effective: undefined },
  ],
  [
    'the root can be written to',
    { readOnlyRoot: true },
    { readOnlyRoot: false },
    { name: 'readOnlyRoot', declared: true, effective: false },
  ],
  ['there is no init', { init: true }, {}, { name: 'init', declared: true, effective: false }],
])('a difference where %s', ([, declared, effective, difference]) => {
  expect(compareLimits(declared, effective)).toEqual([difference]);
});
