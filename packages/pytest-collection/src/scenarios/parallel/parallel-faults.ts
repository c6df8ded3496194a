import type { Fault } from '@seaworthy/scenario';
import type { FaultBrick } from '../../model/tree-spec.ts';
import { parallelFigures } from './parallel-figures.ts';
import type { ParallelObservation } from './parallel-observation.ts';
import { smallTree } from './parallel-plan.ts';
import type { ParallelPlan } from './parallel-plan.ts';

type ParallelFault = Fault<ParallelPlan, ParallelObservation>;

/** Enough for pytest to come to the file that hangs, on a busy machine too. */
const PATIENCE_MS = 10_000;
const FILES = 20;
/** Whether one of them crashes or hangs needs no more. */
const BROKEN_FILES = 6;
const HOLDS_MS = 50;

/** A small tree that is whole where it is collected alone, and broken where several collect it at once. */
function brokenTogether(plan: ParallelPlan, brick: FaultBrick): ParallelPlan {
  const { tree, share } = smallTree(BROKEN_FILES);
  return { ...plan, share, alone: tree, together: { ...tree, bricks: [brick] } };
}

const lockContention: ParallelFault = {
  id: 'holds-a-lock',
  breaks: 'every file holds one lock for all processes while it is imported',
  raises: 'COL011',
  inject: (plan) => {
    const { tree, share } = smallTree(FILES);
    const locked = { ...tree, bricks: [{ kind: 'lock-contention', holdsMs: HOLDS_MS }] } as const;
    return { ...plan, share, alone: locked, together: locked };
  },
  applied: (observation) => {
    if (observation.alone.length < 2) return undefined;
    const { waiting } = parallelFigures(observation);
    // What one holds, three others wait for, so that some wait for as long as all hold it.
    return waiting !== null && waiting * parallelFigures(observation).aloneMs > FILES * HOLDS_MS * 0.5
      ? `a collection stood still for ${Math.round(100 * waiting)} % of its time alone while three others ran`
      : undefined;
  },
};

const crash: ParallelFault = {
  id: 'crashes-together',
  breaks: 'where several collect it at once, a file crashes the interpreter',
  raises: 'COL010',
  inject: (plan) => brokenTogether(plan, { kind: 'crash', signal: 'SIGSEGV' }),
  applied: ({ together }) => {
    const crashed = together.filter(({ outcome }) => outcome.kind === 'crashed').length;
    return crashed === 0 ? undefined : `${crashed} of ${together.length} processes were ended by a signal`;
  },
};

const hang: ParallelFault = {
  id: 'hangs-together',
  breaks: 'where several collect it at once, a file waits for a server that does not answer',
  raises: 'COL006',
  inject: (plan) => ({
    ...brokenTogether(plan, { kind: 'hanging-import', waitsFor: 'socket' }),
    timeoutMs: PATIENCE_MS,
  }),
  applied: ({ together }) => {
    const hung = together.filter(({ outcome }) => outcome.kind === 'timed-out').length;
    return hung === 0
      ? undefined
      : `${hung} of ${together.length} processes stood still until they were ended`;
  },
};

/** Ways in which processes that collect at once can hurt each other. */
export const parallelFaults: readonly ParallelFault[] = [lockContention, crash, hang];
