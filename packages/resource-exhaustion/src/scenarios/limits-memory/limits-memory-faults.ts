import type { Fault } from '@seaworthy/scenario';
import { bytesAsText } from '../sandbox/amounts.ts';
import { claimedBytes, isOnlyReserved } from '../sandbox/charged-memory.ts';
import { withoutLimit } from '../sandbox/without-limit.ts';
import { guardedPeak } from './judge-limits-memory.ts';
import type { LimitsMemoryObservation } from './limits-memory-observation.ts';
import type { CompanionPlan, LimitsMemoryPlan } from './limits-memory-plan.ts';

type LimitsMemoryFault = Fault<LimitsMemoryPlan, LimitsMemoryObservation>;

/** Only the first level, and not over the limit: what the others would add proves nothing more. */
const first = (plan: LimitsMemoryPlan): LimitsMemoryPlan => ({
  ...plan,
  levels: plan.levels.slice(0, 1),
  overLimitShare: null,
  patienceMs: Math.min(plan.patienceMs, 500),
});

const companion = (plan: LimitsMemoryPlan, change: Partial<CompanionPlan>): LimitsMemoryPlan => ({
  ...plan,
  companion: { ...plan.companion, ...change },
});

const noLimit: LimitsMemoryFault = withoutLimit('memoryBytes');

const onlyReserves: LimitsMemoryFault = {
  id: 'only-reserves',
  breaks: 'the victim reserves memory and writes no page of it',
  raises: 'LIM003',
  inject: (plan) => ({
    ...first(plan),
    fault: 'reserve',
    reachMs: Math.min(plan.reachMs, 3000),
    holdMs: 200,
  }),
  applied: ({ pressure }) => {
    const run = pressure?.levels[0]?.run;
    return run !== undefined && isOnlyReserved(run)
      ? `${bytesAsText(claimedBytes(run))} were claimed, and usage was ${bytesAsText(run.highestSampleBytes)} at most`
      : undefined;
  },
};

const wavers: LimitsMemoryFault = {
  id: 'wavers',
  breaks: 'another process takes a tenth of the limit while a level is held',
  raises: 'LIM002',
  inject: (plan) => companion(first(plan), { duringHold: plan.companion.duringHold + 0.1 }),
  applied: ({ pressure }) => {
    const held = pressure?.levels[0]?.run.held;
    const limit = pressure?.levels[0]?.run.limitBytes;
    return held !== undefined && limit !== undefined && held.max - held.min > limit / 20
      ? `usage went from ${bytesAsText(held.min)} to ${bytesAsText(held.max)} during the hold`
      : undefined;
  },
};

const overshoots: LimitsMemoryFault = {
  id: 'goes-too-near',
  breaks: 'memory is steered to 97 % of the limit instead of 85 %',
  raises: 'LIM004',
  inject: (plan) => ({ ...first(plan), levels: [0.97] }),
  applied: ({ pressure }) => {
    const limit = pressure?.levels[0]?.run.limitBytes;
    return pressure !== null && limit !== undefined && guardedPeak(pressure) > 0.96 * limit
      ? `the kernel kept a peak of ${bytesAsText(guardedPeak(pressure))}`
      : undefined;
  },
};

const keeps: LimitsMemoryFault = {
  id: 'keeps-memory',
  breaks: 'a process of the sandbox keeps 30 % of the limit after the release',
  raises: 'LIM005',
  inject: (plan) => companion(first(plan), { afterRelease: 0.3 }),
  applied: ({ pressure }) =>
    pressure !== null &&
    pressure.recovery.residueBytes > 0.2 * (pressure.levels[0]?.run.limitBytes ?? Infinity)
      ? `${bytesAsText(pressure.recovery.residueBytes)} were there over the baseline`
      : undefined,
};

const takesAnother: LimitsMemoryFault = {
  id: 'takes-another',
  breaks: 'a process that asks for nothing is larger than the one that goes over the limit',
  raises: 'LIM007',
  inject: (plan) => ({ ...companion(first(plan), { overLimit: 0.7 }), overLimitShare: plan.overLimitShare }),
  applied: ({ pressure }) =>
    pressure !== null && !pressure.companion.alive ? 'the companion process was gone afterwards' : undefined,
};

/** Ways in which a memory limit, or pressure on it, can be wrong. */
export const limitsMemoryFaults: readonly LimitsMemoryFault[] = [
  noLimit,
  onlyReserves,
  wavers,
  overshoots,
  keeps,
  takesAnother,
];
