import type { Fault } from '@seaworthy/scenario';
import type { FaultBrick } from '../../model/tree-spec.ts';
import type { CircularImportsObservation } from './circular-imports-observation.ts';
import type { CircularImportsPlan } from './circular-imports-plan.ts';

type CircularImportsFault = Fault<CircularImportsPlan, CircularImportsObservation>;

const withBrick = (plan: CircularImportsPlan, brick: FaultBrick): CircularImportsPlan => ({
  ...plan,
  tree: { ...plan.tree, bricks: [...(plan.tree.bricks ?? []), brick] },
});

/** Several times what the whole collection takes on a busy machine. */
const SHORT_PATIENCE_MS = 6_000;

const hangs: CircularImportsFault = {
  id: 'hangs-in-an-import',
  breaks: 'a module in the middle waits for a lock that nobody releases while it is imported',
  raises: 'COL030',
  inject: (plan) => ({
    ...withBrick(plan, { kind: 'hanging-import', waitsFor: 'lock' }),
    timeoutMs: Math.min(plan.timeoutMs, SHORT_PATIENCE_MS),
  }),
  applied: ({ outcome, at, modules }) =>
    outcome.kind === 'timed-out' && modules.some(({ collected }) => collected === 'unfinished')
      ? `pytest was in ${at.path ?? at.phase} when it was stopped`
      : undefined,
};

const loses: CircularImportsFault = {
  id: 'loses-files',
  breaks: 'a conftest ignores every seventh file',
  raises: 'COL031',
  inject: (plan) => withBrick(plan, { kind: 'lost-files', every: Math.min(7, plan.tree.modules) }),
  applied: ({ modules }) => {
    const missing = modules.filter(({ collected }) => collected === 'missing');
    return missing.length > 0
      ? `pytest never looked at ${missing.map(({ path }) => path).join(', ')}`
      : undefined;
  },
};

const swallows: CircularImportsFault = {
  id: 'swallows-import-errors',
  breaks: 'a collector takes modules that cannot be imported for empty ones',
  raises: 'COL032',
  inject: (plan) => withBrick(plan, { kind: 'misreported-imports', as: 'fine' }),
  applied: ({ modules }) => {
    const swallowed = modules.find(
      ({ collected, reference }) => collected === 'passed' && reference !== null,
    );
    return swallowed === undefined
      ? undefined
      : `${swallowed.path} passed with ${swallowed.tests} tests, and cannot be imported: ${swallowed.reference?.message}`;
  },
};

const refuses: CircularImportsFault = {
  id: 'refuses-what-can-be-imported',
  breaks: 'a collector reports errors for modules that can be imported',
  raises: 'COL033',
  inject: (plan) => withBrick(plan, { kind: 'misreported-imports', as: 'broken' }),
  applied: ({ modules }) => {
    const refused = modules.find(({ collected, reference }) => collected === 'failed' && reference === null);
    return refused === undefined ? undefined : `${refused.path} failed, and can be imported`;
  },
};

const crashes: CircularImportsFault = {
  id: 'crashes',
  breaks: 'a module in the middle dies of a segmentation fault while it is imported',
  raises: 'COL035',
  inject: (plan) => withBrick(plan, { kind: 'crash', signal: 'SIGSEGV' }),
  applied: ({ outcome }) =>
    outcome.kind === 'crashed' && outcome.signal === 'SIGSEGV'
      ? `pytest was ended by SIGSEGV at ${outcome.at.path ?? outcome.at.phase}`
      : undefined,
};

/** Ways in which the collection of circular imports can go wrong. */
export const circularImportsFaults: readonly CircularImportsFault[] = [
  hangs,
  loses,
  swallows,
  refuses,
  crashes,
];
