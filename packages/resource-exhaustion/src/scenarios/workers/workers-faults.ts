import type { Fault } from '@seaworthy/scenario';
import { bytesAsText } from '../sandbox/amounts.ts';
import { withoutLimit } from '../sandbox/without-limit.ts';
import { heldTogether } from './judge-workers.ts';
import type { WorkersObservation } from './workers-observation.ts';
import type { WorkersPlan } from './workers-plan.ts';

type WorkersFault = Fault<WorkersPlan, WorkersObservation>;

/** One number of workers alone: what the others would add proves nothing more. */
const only = (plan: WorkersPlan, count: number): WorkersPlan => ({ ...plan, counts: [count] });

const most = (plan: WorkersPlan): number => plan.counts.at(-1) ?? 1;

const countsAlone: WorkersFault = {
  id: 'each-counts-alone',
  breaks: 'each worker compares with the limit what it holds itself, instead of what all hold together',
  raises: 'MEM043',
  inject: (plan) => ({ ...only(plan, 1), over: { ...plan.over, counts: 'worker' } }),
  applied: ({ crowd }) =>
    crowd?.over !== null && crowd?.over !== undefined && crowd.over.deaths.length > 0
      ? `${crowd.over.deaths.length} of ${crowd.over.workers.length} workers were killed`
      : undefined,
};

const keeps: WorkersFault = {
  id: 'worker-keeps-its-memory',
  breaks: 'a worker is not ended, and keeps 12 MB for each of the others',
  raises: 'MEM042',
  // Whether it stays for one second or for three is the same.
  inject: (plan) => ({
    ...only(plan, 2),
    keptPerWorkerBytes: 12_000_000,
    patienceMs: Math.min(plan.patienceMs, 500),
  }),
  applied: ({ crowd }) => {
    const residue = crowd?.rounds[0]?.recovery.residueBytes ?? 0;
    return residue > 20_000_000 ? `${bytesAsText(residue)} were there over the baseline` : undefined;
  },
};

const dividesOne: WorkersFault = {
  id: 'budget-is-divided',
  breaks: 'all workers together get what one alone should',
  raises: 'MEM041',
  inject: (plan) => ({ ...only(plan, Math.min(4, most(plan))), shareOne: true }),
  applied: ({ crowd }) => {
    const round = crowd?.rounds[0];
    return crowd !== null && round !== undefined && heldTogether(round.run) < 2 * crowd.perWorkerBytes
      ? `${round.workers} workers held ${bytesAsText(heldTogether(round.run))}`
      : undefined;
  },
};

const onlyReserves: WorkersFault = {
  id: 'only-reserves',
  breaks: 'the workers reserve memory and write no page of it',
  raises: 'MEM041',
  inject: (plan) => ({ ...only(plan, 2), reserveOnly: true }),
  applied: ({ crowd }) => {
    const run = crowd?.rounds[0]?.run;
    const claimed = run?.workers.reduce((sum, { reachedBytes }) => sum + reachedBytes, 0) ?? 0;
    return run !== undefined && heldTogether(run) < claimed / 2
      ? `${bytesAsText(claimed)} were claimed, and ${bytesAsText(heldTogether(run))} were there`
      : undefined;
  },
};

const noRoom: WorkersFault = {
  id: 'room-is-taken',
  breaks: 'something else in the container holds most of the room that the workers need',
  raises: 'MEM040',
  // The kernel takes the largest process: that must be one of the workers.
  inject: (plan) => ({
    ...only(plan, 2),
    takenShare: 0.25,
    perWorkerBytes: Math.ceil(0.5 * plan.sandbox.request.memoryBytes),
  }),
  applied: ({ crowd }) => {
    const run = crowd?.rounds[0]?.run;
    return run !== undefined && run.outcome !== 'held'
      ? `${bytesAsText(run.baselineBytes)} were taken before, and the workers ended as ${run.outcome}`
      : undefined;
  },
};

const noLimit: WorkersFault = withoutLimit('memoryBytes');

/** Ways in which workers can fail to share memory. */
export const workersFaults: readonly WorkersFault[] = [
  countsAlone,
  keeps,
  dividesOne,
  onlyReserves,
  noRoom,
  noLimit,
];
