import { UsageError } from '@seaworthy/scenario';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TreeSpec } from '../../src/index.ts';
import { checkTreeSpec } from '../../src/trees/check-tree-spec.ts';
import { treeSpecs } from './tree-specs.ts';

it('accepts every sound specification', () => {
  fc.assert(fc.property(treeSpecs, (spec) => checkTreeSpec(spec)));
});

const simple = { kind: 'simple', files: 3, tests: 1 } as const;

it.each<[unknown, string]>([
  [
    { ...simple, files: 0 },
    'Expected files of a generated tree to be a whole number from 1 to 100000, got 0',
  ],
  [
    { ...simple, files: 1.5 },
    'Expected files of a generated tree to be a whole number from 1 to 100000, got 1.5',
  ],
  [
    { ...simple, files: NaN },
    'Expected files of a generated tree to be a whole number from 1 to 100000, got NaN',
  ],
  [
    { ...simple, tests: '3' },
    'Expected tests of a generated tree to be a whole number from 1 to 1000000, got "3"',
  ],
  [
    { kind: 'nested', folders: 400, files: 300 },
    'Expected files of a generated tree to be a whole number from 1 to 250, got 300',
  ],
  [
    { kind: 'circular', modules: 5, imports: 'mixed' },
    'Expected modules of a generated tree to be a whole number from 6 to 100000, got 5',
  ],
  [
    { kind: 'circular', modules: 2, imports: 'harmless' },
    'Expected modules of a generated tree to be a whole number from 3 to 100000, got 2',
  ],
  [
    { kind: 'circular', modules: 5, imports: 'none' },
    'Expected imports of a generated tree to be one of harmless, crashing, mixed, got "none"',
  ],
  [{ kind: 'round' }, 'Expected kind of a generated tree to be simple, nested or circular, got "round"'],
  [
    { ...simple, bricks: [{ kind: 'import-error', count: 4 }] },
    'Expected count of import-error of a generated tree to be a whole number from 1 to 3, got 4',
  ],
  [
    { ...simple, bricks: [{ kind: 'crash', signal: 'SIGHUP' }] },
    'Expected signal of crash of a generated tree to be one of SIGSEGV, SIGABRT, SIGKILL, got "SIGHUP"',
  ],
  [
    { ...simple, bricks: [{ kind: 'rot' }] },
    'Expected a brick of a generated tree to be of a known kind, got "rot"',
  ],
  [
    { ...simple, bricks: [{ kind: 'corrupting-cache' }, { kind: 'corrupting-cache', cache: 'bytecode' }] },
    'Expected bricks of a generated tree to be of different kinds, got ["corrupting-cache","corrupting-cache"]',
  ],
])('refuses %j', (spec, message) => {
  expect(() => checkTreeSpec(spec as TreeSpec)).toThrow(new UsageError('BAD_TREE', message));
});
