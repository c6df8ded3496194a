import type { Fault } from '@seaworthy/scenario';
import type { FaultBrick } from '../../model/tree-spec.ts';
import type { InterruptionObservation } from './interruption-observation.ts';
import { FEWEST_FOLDERS } from './interruption-plan.ts';
import type { InterruptionPlan } from './interruption-plan.ts';

type InterruptionFault = Fault<InterruptionPlan, InterruptionObservation>;

/** The plan with no more files than it takes to aim at half of them. */
function smaller(plan: InterruptionPlan): InterruptionPlan {
  if (plan.tree.kind !== 'nested') return plan;
  return { ...plan, tree: { ...plan.tree, folders: Math.min(plan.tree.folders, FEWEST_FOLDERS) } };
}

function withBrick(plan: InterruptionPlan, brick: FaultBrick): InterruptionPlan {
  const small = smaller(plan);
  return { ...small, tree: { ...small.tree, bricks: [...(small.tree.bricks ?? []), brick] } };
}

/** The file in the middle is at work for so long, and the signal comes when it is well at it. */
const HOLDS_MS = 3000;
const WELL_AT_IT_MS = 1000;

/** The signal comes in the fault, so one that is ignored is enough, and what goes on comes to its end by itself. */
const unhurried = (plan: InterruptionPlan): InterruptionPlan => ({
  ...plan,
  confirmations: 1,
  delayMs: WELL_AT_IT_MS,
  latestMs: plan.timeoutMs / 2,
  patienceMs: plan.timeoutMs,
});

const wentOn = ({ interrupted }: InterruptionObservation): string | undefined =>
  interrupted?.met === 'collection' && interrupted.wentOn
    ? `SIGINT came after ${Math.round(interrupted.afterMs)} ms, and pytest went on to come to ${interrupted.files} files`
    : undefined;

const swallows: InterruptionFault = {
  id: 'swallows-the-interrupt',
  breaks: 'a module catches BaseException around its work and tries again',
  raises: 'COL041',
  inject: (plan) => unhurried(withBrick(plan, { kind: 'swallowed-interrupt', holdsMs: HOLDS_MS })),
  applied: wentOn,
};

const ignores: InterruptionFault = {
  id: 'ignores-sigint',
  breaks: 'a module sets SIGINT to be ignored while it is imported',
  raises: 'COL041',
  inject: (plan) => unhurried(withBrick(plan, { kind: 'ignores-sigint', holdsMs: HOLDS_MS })),
  applied: wentOn,
};

const lingers: InterruptionFault = {
  id: 'lingers-in-a-thread',
  breaks: 'a conftest starts a thread that is no daemon and outlives the time to stop',
  raises: 'COL040',
  inject: (plan) => {
    const seconds = Math.ceil((plan.patienceMs + 2000) / 1000);
    return withBrick(plan, { kind: 'lingering-thread', seconds });
  },
  applied: ({ undisturbed: { threads } }) =>
    threads.includes('lingering') ? 'the thread "lingering" was there when pytest was through' : undefined,
};

const corruptsCache: InterruptionFault = {
  id: 'corrupts-a-cache',
  breaks: 'a run that is interrupted leaves a marker which makes later runs skip files',
  raises: 'COL042',
  inject: (plan) => withBrick(plan, { kind: 'corrupting-cache' }),
  applied: ({ undisturbed, again }) =>
    again !== null && again.tests !== undisturbed.tests
      ? `${again.tests} tests after the interruption, ${undisturbed.tests} without it`
      : undefined,
};

const corruptsBytecode: InterruptionFault = {
  id: 'leaves-half-a-bytecode-file',
  breaks: 'a run that is interrupted leaves half of a bytecode file',
  raises: 'COL044',
  inject: (plan) => withBrick(plan, { kind: 'corrupting-cache', cache: 'bytecode' }),
  applied: ({ bytecode }) => bytecode?.broken.map(({ path, message }) => `${path}: ${message}`)[0],
};

const orphans: InterruptionFault = {
  id: 'leaves-a-process-behind',
  breaks: 'a conftest starts a child in a session of its own and does not end it',
  raises: 'COL043',
  inject: (plan) => withBrick(plan, { kind: 'orphan-child', seconds: 300, detached: true }),
  applied: ({ interrupted }) =>
    interrupted?.leftBehind.map((command) => `pytest had ended, and this had not: ${command}`)[0],
};

const hides: InterruptionFault = {
  id: 'hides-import-errors',
  breaks: 'where modules cannot be imported, a collector takes them for empty ones',
  raises: 'COL046',
  inject: (plan) => ({
    ...smaller(plan),
    contrasts: plan.contrasts.map(({ means, tree }) => ({
      means,
      tree: { ...tree, bricks: [...(tree.bricks ?? []), { kind: 'misreported-imports', as: 'fine' }] },
    })),
  }),
  applied: ({ exits }) => {
    const hidden = exits.find(({ means, code }) => means !== 'interrupt' && code !== 2);
    return hidden === undefined ? undefined : `pytest exited with ${hidden.code} for a ${hidden.means}`;
  },
};

/** Ways in which a run can take an interruption badly. */
export const interruptionFaults: readonly InterruptionFault[] = [
  swallows,
  ignores,
  lingers,
  corruptsCache,
  corruptsBytecode,
  orphans,
  hides,
];
