import type { Clock, Workspace } from '@seaworthy/scenario';
import type { ComparedSide } from '../../src/compare/collection-comparison.ts';
import type { CollectOptions } from '../../src/model/collect-options.ts';
import type { CollectionRun } from '../../src/model/collection-run.ts';
import type { CollectionTarget } from '../../src/model/collection-target.ts';
import type { CollectionError } from '../../src/model/recording.ts';

/** What a simulated run is said to have been. */
export interface Simulated {
  readonly cpuMs?: number;
  readonly wallMs?: number;
  readonly peakBytes?: number;
  readonly outcome?: CollectionRun['outcome'];
  /** Tests by file. */
  readonly files?: Readonly<Record<string, number>>;
  readonly deselected?: number;
  readonly hash?: string;
  readonly sortedHash?: string;
  readonly errors?: readonly CollectionError[];
  /** It told nothing of its tests. */
  readonly isSilent?: boolean;
}

export const TARGET: CollectionTarget = { root: '/project', python: '/usr/bin/python3' };

export const side = (name: string, change: Partial<CollectionTarget> = {}): ComparedSide => ({
  name,
  target: { ...TARGET, ...change },
});

/** A run as `collectOnce` would tell it, of 2 files with 5 tests each unless told otherwise. */
export function simulatedRun(simulated: Simulated = {}, root = '/project'): CollectionRun {
  const {
    cpuMs = 1000,
    wallMs = cpuMs,
    peakBytes = 50e6,
    files = { 'test_a.py': 5, 'test_b.py': 5 },
    deselected = 0,
    errors = [],
  } = simulated;
  const found = Object.values(files).reduce((sum, count) => sum + count, 0);
  const sortedHash = simulated.sortedHash ?? JSON.stringify(files);
  const counts = Object.entries(files).map(([path, count]) => ({
    path: `${root}/${path}`,
    found: count,
    deselected: 0,
  }));
  return {
    outcome: simulated.outcome ?? (errors.length > 0 ? { kind: 'errors', errors } : { kind: 'finished' }),
    recording: {
      phases: [],
      collectors: [],
      conftests: [],
      imports: [],
      sources: [],
      hooks: [],
      errors,
      ...(simulated.isSilent === true
        ? {}
        : {
            items: {
              found: found + deselected,
              deselected,
              hash: simulated.hash ?? sortedHash,
              sortedHash,
              files: counts,
            },
          }),
      memory: [],
      garbage: { runs: [0, 0, 0], wallMs: 0 },
      last: { phase: 'exit', atMs: wallMs },
    },
    command: [],
    cwd: root,
    runner: 'simulated',
    bytecode: 'unknown',
    exit: { code: 0, signal: null },
    wallMs,
    cpuMs,
    peak: { bytes: peakBytes, source: 'cgroup-v2', processes: [] },
    spans: [],
    output: { stdout: '', stderr: '' },
    leftBehind: [],
  };
}

export interface Call {
  readonly target: CollectionTarget;
  readonly folder: string;
  readonly isCold: boolean;
}

/** Stands in for `collectOnce`: runs are made up, time passes on its own clock, and calls are kept. */
export function simulatedCollect(make: (call: Call) => Simulated): {
  readonly collect: (target: CollectionTarget, options?: CollectOptions) => Promise<CollectionRun>;
  readonly calls: Call[];
  readonly clock: Clock;
} {
  let now = 0;
  const calls: Call[] = [];
  const seen = new Set<string>();
  return {
    calls,
    clock: { now: () => now, date: () => new Date(0), after: () => () => {} },
    collect: async (target, options = {}) => {
      options.signal?.throwIfAborted();
      const folder = options.bytecode?.kind === 'private' ? options.bytecode.folder : '';
      const call = { target, folder, isCold: !seen.has(folder) };
      seen.add(folder);
      calls.push(call);
      const run = simulatedRun(make(call), target.root);
      now += run.wallMs;
      return run;
    },
  };
}

/** Folders that are only names. */
export function namedFolders(): Workspace {
  let count = 0;
  return {
    runId: 'simulated',
    folder: '/nowhere',
    makeFolder: async (name) => `/nowhere/${name}-${(count += 1)}`,
    spawn: () => {
      throw new Error('Nothing is to be started');
    },
    own: () => ({ forget: () => {}, [Symbol.asyncDispose]: async () => {} }),
    [Symbol.asyncDispose]: async () => {},
  };
}
