import { expect, it } from 'vitest';
import type { CollectionError, CollectionOutcome } from '../../../src/index.ts';
import { meaningOf } from '../../../src/scenarios/interruption/exit-meaning.ts';

const error = (message: string, traceback = ''): CollectionError => ({
  nodeId: 'test_a.py',
  type: 'ImportError',
  message,
  traceback,
});
const CIRCULAR =
  "cannot import name 'A' from partially initialized module 'a' (most likely due to a circular import)";
const missing = error("No module named 'pandas'");

it.each<[CollectionOutcome, string]>([
  [{ kind: 'interrupted', by: 'SIGINT', at: { phase: 'collect', atMs: 1 } }, 'interrupt'],
  [{ kind: 'errors', errors: [error(CIRCULAR)] }, 'circular-import'],
  [
    { kind: 'errors', errors: [error('ImportError while importing', `E   ImportError: ${CIRCULAR}`)] },
    'circular-import',
  ],
  [{ kind: 'errors', errors: [missing] }, 'collection-error'],
  [{ kind: 'errors', errors: [error(CIRCULAR), missing] }, 'collection-error'],
  [{ kind: 'finished' }, 'other'],
  [{ kind: 'usage-error', message: '' }, 'other'],
])('tells %j for what it is', (outcome, meaning) => {
  expect(meaningOf({ outcome })).toBe(meaning);
});
