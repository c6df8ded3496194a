import { expect, it } from 'vitest';
import type { CollectionError } from '../../src/model/recording.ts';
import { errorCost } from '../../src/formats/error-cost.ts';
import { aProfile } from './a-profile.ts';

const failed = (path: string): CollectionError => ({
  nodeId: path,
  path,
  type: 'ImportError',
  message: '',
  traceback: '',
});

it('counts a file that fails once, and nothing that is no file of the tree', () => {
  const whole = aProfile();
  const [first, second] = whole.files.map((file) => ({ ...file, wallMs: 100 }));
  const profile = {
    ...whole,
    files: [first!, second!],
    tree: { ...whole.tree, wallMs: 400 },
    errors: [failed(first!.path), failed(first!.path), failed('conftest.py')],
  };
  expect(errorCost(profile)).toBe('1 file that fails takes 100 ms, 25 % of collection');
  expect(errorCost({ ...profile, errors: [failed(first!.path), failed(second!.path)] })).toBe(
    '2 files that fail take 200 ms, 50 % of collection',
  );
  expect(errorCost({ ...profile, errors: [] })).toBe('');
});
