import type { ContainerLimits } from '@seaworthy/scenario';
import { describe, expect, test } from 'vitest';
import type { SandboxLimits } from '../../src/model/sandbox.ts';
import { chooseLimits } from '../../src/sandbox/choose-limits.ts';
import { leastLimits } from '../../src/sandbox/least-limits.ts';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

function choose(
  request: Partial<SandboxLimits>,
  {
    declared,
    budgetBytes = 10 * GIB,
    mostBytes = GIB,
  }: {
    declared?: ContainerLimits;
    budgetBytes?: number;
    mostBytes?: number;
  } = {},
): SandboxLimits {
  return chooseLimits({
    request,
    ...(declared === undefined ? {} : { declared }),
    mostBytes,
    budget: { bytes: budgetBytes, because: 'half of it' },
    least: leastLimits('python', 'container'),
    keeper: 'a keeper and a victim in Python',
  });
}

describe('memory', () => {
  test('is small where nobody says anything', () => {
    expect(choose({})).toEqual({
      memoryBytes: 256 * MIB,
      cpus: 0.25,
      pids: 64,
      descriptors: 1024,
      diskBytes: 64 * MIB,
    });
  });

  test.each([
    ['as declared', 512 * MIB, 10 * GIB, 512 * MIB],
    ['at most 1 GiB of what is declared', 64 * GIB, 100 * GIB, GIB],
    ['at most the budget', 512 * MIB, 300 * MIB, 300 * MIB],
    ['the usual where 0 is declared: no limit', 0, 10 * GIB, 256 * MIB],
    ['the usual where a negative number is declared: no limit', -1, 10 * GIB, 256 * MIB],
  ])('is %s', (_, memoryBytes, budgetBytes, expected) => {
    expect(choose({}, { declared: { memoryBytes }, budgetBytes }).memoryBytes).toBe(expected);
  });

  test('that is asked for is more than what is declared, up to the budget', () => {
    expect(choose({ memoryBytes: 2 * GIB }, { declared: { memoryBytes: GIB } }).memoryBytes).toBe(2 * GIB);
    expect(choose({ memoryBytes: 10 * GIB }).memoryBytes).toBe(10 * GIB);
  });

  test('over the budget is refused with figures', () => {
    expect(() => choose({ memoryBytes: 64 * GIB })).toThrow(
      expect.objectContaining({
        code: 'SANDBOX_TOO_LARGE',
        message:
          'A sandbox with 64 GiB of memory is more than this machine can spare: the most is 10 GiB (half of it). Ask for less, or use a machine with more memory.',
      }),
    );
  });

  test('that is too little for the keeper is refused with the least that works', () => {
    expect(() => choose({ memoryBytes: 8 * MIB })).toThrow(
      /memory limit of 8 MiB is too small for a keeper and a victim in Python: the least that works is \d+ MiB/,
    );
    expect(() => choose({ memoryBytes: leastLimits('python', 'container').memoryBytes + MIB })).not.toThrow();
  });

  test('that the machine cannot give is refused with why', () => {
    expect(() => choose({}, { budgetBytes: 3 * MIB })).toThrow(
      /the least that works is .*Here it may have no more \(half of it\)/,
    );
  });
});

test.each([
  ['memoryBytes', 0],
  ['memoryBytes', -1],
  ['memoryBytes', 1.5],
  ['memoryBytes', NaN],
  ['memoryBytes', Infinity],
  ['cpus', 0],
  ['cpus', -0.5],
  ['pids', 0],
  ['pids', 2.5],
  ['descriptors', -3],
  ['diskBytes', 0],
] as const)('%s of %f is a mistake of the user', (name, value) => {
  expect(() => choose({ [name]: value })).toThrow(
    expect.objectContaining({
      name: 'UsageError',
      code: 'SANDBOX_LIMIT',
      message: expect.stringContaining(`(${name})`),
    }),
  );
});

describe('the other limits', () => {
  test('come from the declaration, the disk from its first place with a size', () => {
    const declared: ContainerLimits = {
      memoryBytes: 512 * MIB,
      cpus: 1.5,
      pids: 100,
      ulimits: [{ name: 'nofile', soft: 2048, hard: 4096 }],
      tmpfs: [{ path: '/run' }, { path: '/tmp', bytes: 32 * MIB }],
    };
    expect(choose({}, { declared })).toEqual({
      memoryBytes: 512 * MIB,
      cpus: 1.5,
      pids: 100,
      descriptors: 2048,
      diskBytes: 32 * MIB,
    });
  });

  test('a million open files are not opened because somebody declares them', () => {
    const ulimits = [{ name: 'nofile', soft: 1_048_576, hard: 1_048_576 }];
    expect(choose({}, { declared: { ulimits } }).descriptors).toBe(16_384);
  });

  test('a disk is memory as well, and must leave the keeper its own', () => {
    const least = leastLimits('python', 'container').memoryBytes;
    expect(choose({ memoryBytes: 256 * MIB, diskBytes: 256 * MIB - least }).diskBytes).toBe(
      256 * MIB - least,
    );
    expect(() => choose({ memoryBytes: 256 * MIB, diskBytes: 256 * MIB - least + 1 })).toThrow(
      /does not fit into a sandbox with 256 MiB of memory: it is memory as well/,
    );
  });

  test('one that nobody asked for fits', () => {
    expect(choose({ memoryBytes: 40 * MIB }).diskBytes).toBe(
      (40 * MIB - leastLimits('python', 'container').memoryBytes) / 2,
    );
  });
});
