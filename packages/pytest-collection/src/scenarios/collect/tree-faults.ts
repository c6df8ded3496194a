import type { Fault } from '@seaworthy/scenario';
import { formatBytes, formatDuration } from '../../formats/quantity.ts';
import type { FaultBrick, TreeSpec } from '../../model/tree-spec.ts';
import type { ObservedCollection } from './observed-collection.ts';
import type { TreePlan } from './tree-plan.ts';
import { allowedMs } from './tree-plan.ts';

type TreeFault = Fault<TreePlan, ObservedCollection>;

/** Makes a tree of about so many test files, of the kind that the scenario collects. */
export type SmallTree = (files: number) => {
  readonly tree: TreeSpec;
  readonly share: number;
  readonly tests: number;
};

/** A hang shows after so many ms: enough for pytest to come to the file that hangs, on a busy machine too. */
const PATIENCE_MS = 7_000;

/** Room above a limit that is to be broken. */
const OVER = 1.15;

/** The plan with a small broken tree in the place of its own: a fault is to be seen, not to take a minute. */
function withBrick(plan: TreePlan, small: ReturnType<SmallTree>, brick: FaultBrick): TreePlan {
  return { ...plan, tree: { ...small.tree, bricks: [brick] }, share: small.share };
}

/**
 * Ways in which the collection of a tree can be too slow, too large, wrong, or come to no end.
 *
 * @param slowFiles files of the tree that is too slow: few, so that its part of the time allowed is small, but enough that
 * it finds more tests a second than it must
 */
export function treeFaults(
  small: SmallTree,
  { slowFiles }: { readonly slowFiles: number },
): {
  readonly [
    Name in 'slow' | 'slowStart' | 'leak' | 'lostFiles' | 'importError' | 'hang' | 'crash' | 'killed'
  ]: TreeFault;
} {
  return {
    slow: {
      id: 'sleeps-at-import',
      breaks: 'a module that every test file imports sleeps for longer than the whole collection may take',
      raises: 'COL001',
      inject: (plan) => {
        const tree = small(slowFiles);
        const ms = Math.ceil(OVER * allowedMs(plan.allowed.durationMs, tree.share));
        return { ...withBrick(plan, tree, { kind: 'slow-import', ms }), timeoutMs: 3 * ms + PATIENCE_MS };
      },
      applied: (observed) => sleptFor(observed, 3_000),
    },
    slowStart: {
      id: 'sleeps-before-few-tests',
      breaks: 'a module sleeps while it is imported, so long that few tests a second remain',
      raises: 'COL003',
      inject: (plan) => {
        const tree = small(10);
        const ms = Math.ceil((1000 * OVER * tree.tests) / plan.allowed.rate);
        return { ...withBrick(plan, tree, { kind: 'slow-import', ms }), timeoutMs: 3 * ms + PATIENCE_MS };
      },
      applied: (observed) => sleptFor(observed, 1_000),
    },
    leak: {
      id: 'keeps-memory-for-each-file',
      breaks: 'a conftest keeps so much memory for each file that the limit is exceeded',
      raises: 'COL002',
      inject: (plan) => {
        const files = 40;
        const bytes = 1.15 * plan.allowed.memoryBytes;
        // Not at the price of the machine: the plan stays as it is then, which the proof reports.
        if (bytes > plan.spareBytes) return plan;
        return withBrick(plan, small(files), {
          kind: 'leaky-conftest',
          bytesPerFile: Math.ceil(bytes / files),
        });
      },
      applied: ({ memory, peak, expected }) => {
        const grown = (memory.at(-1)?.bytes ?? peak.bytes) - (memory[0]?.bytes ?? 0);
        return grown > 1_000_000 * expected.files
          ? `memory grew by ${formatBytes(grown)} over ${expected.files} files`
          : undefined;
      },
    },
    lostFiles: {
      id: 'loses-files',
      breaks: 'a conftest ignores every seventh file without a word',
      raises: 'COL004',
      inject: (plan) => withBrick(plan, small(28), { kind: 'lost-files', every: 7 }),
      applied: ({ found, expected, outcome }) =>
        outcome.kind === 'finished' && found !== null && found.files < expected.files
          ? `pytest saw ${found.files} of ${expected.files} files, and reported no error`
          : undefined,
    },
    importError: {
      id: 'cannot-import-files',
      breaks: 'three files import a module that is not there',
      raises: 'COL005',
      inject: (plan) => withBrick(plan, small(20), { kind: 'import-error', count: 3 }),
      applied: ({ outcome }) => {
        const error = outcome.kind === 'errors' ? outcome.errors[0] : undefined;
        return error === undefined ? undefined : `Python said ${error.type}: ${error.message}`;
      },
    },
    hang: {
      id: 'hangs-at-import',
      breaks: 'a module waits for a lock that is never released',
      raises: 'COL006',
      inject: (plan) => {
        const tree = small(4);
        const timeoutMs = Math.max(PATIENCE_MS, 1.2 * allowedMs(plan.allowed.durationMs, tree.share));
        return { ...withBrick(plan, tree, { kind: 'hanging-import', waitsFor: 'lock' }), timeoutMs };
      },
      applied: ({ outcome }) =>
        outcome.kind === 'timed-out'
          ? `it stood still ${outcome.at.importing === undefined ? '' : `in ${outcome.at.importing} `}until ${formatDuration(outcome.afterMs)} were over`
          : undefined,
    },
    crash: {
      id: 'crashes',
      breaks: 'a file crashes the interpreter while it is imported',
      raises: 'COL007',
      inject: (plan) => withBrick(plan, small(20), { kind: 'crash', signal: 'SIGSEGV' }),
      applied: endedBy('SIGSEGV'),
    },
    killed: {
      id: 'is-killed',
      breaks: 'the process is killed in the midst of its collection, as for memory',
      raises: 'COL007',
      inject: (plan) => withBrick(plan, small(20), { kind: 'crash', signal: 'SIGKILL' }),
      applied: endedBy('SIGKILL'),
    },
  };
}

/** Time in which it neither ran nor waited for a processor. */
function sleptFor({ dearest }: ObservedCollection, atLeastMs: number): string | undefined {
  const slept = dearest.find(({ what, wallMs }) => what === 'import' && wallMs >= atLeastMs);
  return slept === undefined ? undefined : `the import of ${slept.name} took ${formatDuration(slept.wallMs)}`;
}

function endedBy(signal: string): TreeFault['applied'] {
  return ({ outcome }) =>
    outcome.kind === 'crashed' && outcome.signal === signal
      ? `the process was ended by ${signal}${outcome.at.path === undefined ? '' : ` at ${outcome.at.path}`}`
      : undefined;
}
