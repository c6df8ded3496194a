import type { ObservedCollection } from '../../../src/scenarios/collect/observed-collection.ts';

/** A collection of 1000 files with ten tests each that went well, with some things changed. */
export function anObservation(change: Partial<ObservedCollection> = {}): ObservedCollection {
  return {
    expected: { files: 1000, tests: 10_000 },
    share: 1,
    outcome: { kind: 'finished' },
    errors: 0,
    found: { files: 1000, tests: 10_000, deselected: 0 },
    hash: 'a1',
    wallMs: 8_000,
    cpuMs: 7_500,
    waitedForCpuMs: 0,
    peak: { bytes: 75_000_000, source: 'cgroup-v1' },
    phases: [
      { name: 'start-up', wallMs: 100, cpuMs: 90, memoryBytes: 9_000_000 },
      { name: 'collect', wallMs: 6_000, cpuMs: 5_900, memoryBytes: 40_000_000 },
    ],
    memory: [
      { atMs: 0, bytes: 10_000_000 },
      { atMs: 8_000, bytes: 70_000_000 },
    ],
    dearest: [{ what: 'file', name: 'test_1.py', wallMs: 12, memoryBytes: 40_000 }],
    plugins: ['xdist 3.6'],
    bytecode: 'cold',
    leftBehind: [],
    printed: '',
    python: '3.11.7',
    pytest: '9.0.3',
    ...change,
  };
}

/** Where a run was when it ended. */
export const AT = { phase: 'collect', path: 'berth/test_7.py', atMs: 900 } as const;
