import { expect, it } from 'vitest';
import { importWay } from '../../src/formats/import-way.ts';

const pandas = { module: 'pandas', wallMs: 1, selfMs: 1, memoryBytes: 1 };

it('begins at the line that starts it, and leaves out the module itself', () => {
  const chain = ['tests/test_a.py', 'shop', 'pandas'];
  expect(importWay({ ...pandas, chain }, 4)).toEqual(['tests/test_a.py', 'shop']);
  const location = { path: 'tests/test_a.py', line: 3 };
  expect(importWay({ ...pandas, chain, location }, 4)).toEqual(['tests/test_a.py:3', 'shop']);
});

it('keeps both ends of a long way', () => {
  expect(importWay({ ...pandas, chain: ['a', 'b', 'c', 'd', 'e', 'pandas'] }, 4)).toEqual([
    'a',
    'b',
    '…',
    'e',
  ]);
  expect(importWay({ ...pandas, chain: ['a', 'b', 'c', 'd', 'pandas'] }, 4)).toEqual(['a', 'b', 'c', 'd']);
});

it('is empty where nothing is known', () => {
  expect(importWay({ ...pandas, chain: [] }, 4)).toEqual([]);
});
