import fc from 'fast-check';
import type { FaultBrick, TreeSpec } from '../../src/index.ts';

/** One brick of each kind and shape, cheap enough to be tried. */
export const BRICKS: readonly FaultBrick[] = [
  { kind: 'slow-import', ms: 1 },
  { kind: 'leaky-conftest', bytesPerFile: 100 },
  { kind: 'quadratic-hook', where: 'modifyitems', keep: 'memory' },
  { kind: 'quadratic-hook', where: 'per-file', keep: 'time' },
  { kind: 'swallowed-interrupt', holdsMs: 1 },
  { kind: 'lock-contention', holdsMs: 1 },
  { kind: 'parametrize-explosion', items: 7 },
  { kind: 'orphan-child', seconds: 1, detached: true },
  { kind: 'orphan-child', seconds: 1, detached: false },
  { kind: 'hanging-import', waitsFor: 'socket' },
  { kind: 'hanging-import', waitsFor: 'lock' },
  { kind: 'hanging-import', waitsFor: 'child' },
  { kind: 'hanging-import', waitsFor: 'sleep' },
  { kind: 'import-error', count: 2 },
  { kind: 'lost-files', every: 2 },
  { kind: 'memory-hog', bytes: 1000 },
  { kind: 'crash', signal: 'SIGSEGV' },
  { kind: 'lingering-thread', seconds: 1 },
  { kind: 'misreported-imports', as: 'fine' },
  { kind: 'misreported-imports', as: 'broken' },
  { kind: 'corrupting-cache' },
  { kind: 'corrupting-cache', cache: 'bytecode' },
  { kind: 'ignores-sigint' },
];

/** Sound specifications of small trees, with up to three faults. */
export const treeSpecs: fc.Arbitrary<TreeSpec> = fc
  .tuple(
    fc.oneof(
      fc.record({
        kind: fc.constant('simple' as const),
        files: fc.integer({ min: 2, max: 230 }),
        tests: fc.integer({ min: 1, max: 12 }),
      }),
      fc.record({
        kind: fc.constant('nested' as const),
        folders: fc.integer({ min: 1, max: 12 }),
        files: fc.integer({ min: 2, max: 12 }),
      }),
      fc.record({
        kind: fc.constant('circular' as const),
        modules: fc.integer({ min: 6, max: 120 }),
        imports: fc.constantFrom('harmless' as const, 'crashing' as const, 'mixed' as const),
        seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      }),
    ),
    fc.uniqueArray(fc.constantFrom(...BRICKS), { maxLength: 3, selector: ({ kind }) => kind }),
  )
  .map(([kind, bricks]) => (bricks.length === 0 ? kind : { ...kind, bricks }));
