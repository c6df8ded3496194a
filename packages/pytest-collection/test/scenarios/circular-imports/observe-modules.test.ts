import { describe, expect, it } from 'vitest';
import type { CollectionError, CollectorRecord, Recording } from '../../../src/index.ts';
import { observeModules, orderOfImport } from '../../../src/scenarios/circular-imports/observe-modules.ts';

const collector = (nodeId: string, change: Partial<CollectorRecord> = {}): CollectorRecord => ({
  parent: 0,
  kind: 'Module',
  nodeId,
  atMs: 0,
  outcome: 'passed',
  items: 2,
  ...change,
});

const recording = (
  collectors: readonly CollectorRecord[],
  errors: readonly CollectionError[] = [],
): Recording => ({
  phases: [],
  collectors,
  conftests: [],
  imports: [],
  sources: [],
  hooks: [],
  errors,
  memory: [],
  garbage: { runs: [0, 0, 0], wallMs: 0 },
  last: { phase: 'collect', atMs: 0 },
});

describe('orderOfImport', () => {
  it('is that in which pytest came to the files, then the rest by name', () => {
    const seen = recording([
      collector(''),
      collector('ports'),
      collector('c.py'),
      collector('a.py'),
      collector('c.py'),
    ]);
    expect(orderOfImport(seen, ['a.py', 'e.py', 'b.py', 'c.py'])).toEqual(['c.py', 'a.py', 'b.py', 'e.py']);
  });
});

describe('observeModules', () => {
  it('puts what pytest and what CPython say of a file together', () => {
    const died = { type: 'ImportError', message: 'cannot import' };
    const { outcome: _, ...unfinished } = collector('d.py');
    const seen = recording(
      [
        collector('a.py'),
        collector('b.py', { outcome: 'failed', items: 0 }),
        collector('c.py', { outcome: 'skipped', items: 0 }),
        unfinished,
      ],
      [{ nodeId: 'b.py', type: 'CollectError', message: 'it died', traceback: '' }],
    );
    const order = ['a.py', 'b.py', 'c.py', 'd.py', 'e.py'];
    const imports = { inOrder: [null, died, null, null, null], alone: [died, died, null, null, null] };
    const none = { tests: 0, error: null, reference: null, alone: null };
    expect(observeModules(seen, order, imports)).toEqual([
      { path: 'a.py', collected: 'passed', tests: 2, error: null, reference: null, alone: died },
      {
        path: 'b.py',
        collected: 'failed',
        tests: 0,
        error: { type: 'CollectError', message: 'it died' },
        reference: died,
        alone: died,
      },
      { ...none, path: 'c.py', collected: 'skipped' },
      { ...none, path: 'd.py', collected: 'unfinished', tests: 2 },
      { ...none, path: 'e.py', collected: 'missing' },
    ]);
  });
});
