import { expect, test } from 'vitest';
import { limitDifferences } from '../../src/sandbox/limit-differences.ts';

const declared = { memoryBytes: 2 ** 28, cpus: 0.25, pids: 64, descriptors: 1024, diskBytes: 1_000_000 };

const at = { diskFolder: '/d' };

test('what is in force as declared is no difference, nor is a rounded page', () => {
  expect(limitDifferences(declared, declared, at)).toEqual([]);
  expect(limitDifferences(declared, { ...declared, diskBytes: 1_003_520 }, at)).toEqual([]);
});

test('what is not in force is told, as is what is higher or lower', () => {
  const effective = { memoryBytes: 2 ** 30, cpus: 0.26, pids: 63, descriptors: 1025 };
  expect(limitDifferences(declared, effective, at)).toEqual([
    { name: 'memoryBytes', declared: 2 ** 28, effective: 2 ** 30 },
    { name: 'cpus', declared: 0.25, effective: 0.26 },
    { name: 'pids', declared: 64, effective: 63 },
    { name: 'ulimit nofile', declared: 1024, effective: 1025 },
    { name: 'tmpfs /d', declared: 1_000_000, effective: undefined },
  ]);
});

test('a memory limit with swap beside it is told where there is swap', () => {
  const swap = (memorySwapBytes: number | undefined, isThere = true) =>
    limitDifferences(declared, declared, {
      ...at,
      swap: { isThere, ...(memorySwapBytes === undefined ? {} : { memorySwapBytes }) },
    });
  expect(swap(2 ** 28)).toEqual([]);
  expect(swap(2 ** 28 + 65_536)).toEqual([]);
  expect(swap(2 ** 28 + 65_537)).toEqual([
    { name: 'memorySwapBytes', declared: 2 ** 28, effective: 2 ** 28 + 65_537 },
  ]);
  expect(swap(undefined)).toEqual([{ name: 'memorySwapBytes', declared: 2 ** 28, effective: undefined }]);
  expect(swap(undefined, false)).toEqual([]);
});

test('swap says nothing where memory itself is not limited', () => {
  const { memoryBytes: _, ...without } = declared;
  expect(limitDifferences(declared, without, { ...at, swap: { isThere: true } })).toEqual([
    { name: 'memoryBytes', declared: 2 ** 28, effective: undefined },
  ]);
});
