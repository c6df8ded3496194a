import type { Fault } from '@seaworthy/scenario';
import { bytesAsText, percentAsText, secondsAsText } from '../sandbox/amounts.ts';
import { claimedBytes, isOnlyReserved } from '../sandbox/charged-memory.ts';
import { withoutLimit } from '../sandbox/without-limit.ts';
import type { GradualObservation } from './gradual-observation.ts';
import type { GradualPlan } from './gradual-plan.ts';
import { engagedAt, hangs } from './judge-guard.ts';

type GradualFault = Fault<GradualPlan, GradualObservation>;

/** More than any sandbox of ours, and what a large machine has. */
const HOST_BYTES = 64 * 2 ** 30;

const readsHost: GradualFault = {
  id: 'guard-reads-the-host',
  breaks: 'the guard compares with the memory of the machine instead of the limit in force',
  raises: 'MEM020',
  inject: (plan) => ({ ...plan, guardReads: HOST_BYTES }),
  applied: ({ pressure }) =>
    pressure !== null && engagedAt(pressure.guarded) === undefined && claimedBytes(pressure.guarded) > 0
      ? `the guard let ${bytesAsText(claimedBytes(pressure.guarded))} pass and never refused`
      : undefined,
};

const memoryError: GradualFault = {
  id: 'limit-of-the-process',
  breaks: 'the process has a limit of its own, which the guard does not know',
  raises: 'MEM021',
  inject: (plan) => ({
    ...plan,
    guardReads: HOST_BYTES,
    sandbox: { ...plan.sandbox, tier: 'rlimit' },
  }),
  applied: ({ sandbox, pressure }) => {
    const error = pressure?.guarded.refusals.find(({ by }) => by === 'kernel');
    return error === undefined
      ? undefined
      : `in ${sandbox.name} the kernel refused: ${error.error ?? 'no memory'}`;
  },
};

const tooEarly: GradualFault = {
  id: 'guard-refuses-early',
  breaks: 'the guard refuses at a quarter of the limit',
  raises: 'MEM022',
  inject: (plan) => ({ ...plan, guardShare: 0.25 }),
  applied: ({ pressure }) => {
    const engaged = pressure === null ? undefined : engagedAt(pressure.guarded);
    return engaged !== undefined && engaged < 30 ? `it refused at ${percentAsText(engaged)}` : undefined;
  },
};

const onlyReserves: GradualFault = {
  id: 'only-reserves',
  breaks: 'the process reserves memory and writes no page of it',
  raises: 'MEM023',
  inject: (plan) => ({ ...plan, reserveOnly: true }),
  applied: ({ pressure }) =>
    pressure !== null && isOnlyReserved(pressure.guarded)
      ? `${bytesAsText(claimedBytes(pressure.guarded))} were taken, and usage was ${bytesAsText(pressure.guarded.highestSampleBytes)} at most`
      : undefined,
};

const keeps: GradualFault = {
  id: 'keeps-memory',
  breaks: 'another process keeps 30 % of the limit after the release',
  raises: 'MEM024',
  // Whether it stays for one second or for five is the same.
  inject: (plan) => ({ ...plan, kept: 0.3, patienceMs: Math.min(plan.patienceMs, 1000) }),
  applied: ({ pressure }) =>
    pressure !== null && pressure.recovery.residueBytes > 0.2 * (pressure.guarded.limitBytes ?? Infinity)
      ? `${bytesAsText(pressure.recovery.residueBytes)} were there over the baseline`
      : undefined,
};

const guardedControl: GradualFault = {
  id: 'control-is-guarded',
  breaks: 'the control, which must go over the limit, has a guard as well',
  raises: 'MEM025',
  inject: (plan) => ({ ...plan, guardedControl: true }),
  applied: ({ pressure }) =>
    pressure?.control?.run.outcome === 'protected'
      ? `the control was stopped at ${bytesAsText(pressure.control.run.highestSampleBytes)}`
      : undefined,
};

const hurtsNeighbour: GradualFault = {
  id: 'neighbour-is-killed',
  breaks: 'a process outside of the sandbox is killed while memory is under pressure inside',
  raises: 'MEM026',
  inject: (plan) => ({ ...plan, endNeighbour: true }),
  applied: ({ pressure }) =>
    pressure !== null && !pressure.neighbour.alive ? 'the neighbour was gone afterwards' : undefined,
};

const hanging: GradualFault = {
  id: 'process-stands-still',
  breaks: 'the process is suspended at 30 % of the limit',
  raises: 'MEM027',
  inject: (plan) => ({ ...plan, suspendAt: 0.3, fillMs: Math.min(plan.fillMs, 2000) }),
  applied: ({ pressure }) =>
    pressure !== null && hangs(pressure.guarded)
      ? `it gave no answer for ${secondsAsText(pressure.guarded.fillMs)}`
      : undefined,
};

const noLimit: GradualFault = withoutLimit('memoryBytes');

/** Ways in which protection against running out of memory can be missing. */
export const gradualFaults: readonly GradualFault[] = [
  readsHost,
  memoryError,
  tooEarly,
  onlyReserves,
  keeps,
  guardedControl,
  hurtsNeighbour,
  hanging,
  noLimit,
];
