import type { Fault } from '@seaworthy/scenario';
import { percentAsText } from '../sandbox/amounts.ts';
import { withoutLimit } from '../sandbox/without-limit.ts';
import type { LimitsCpuObservation } from './limits-cpu-observation.ts';
import type { LimitsCpuPlan } from './limits-cpu-plan.ts';

type LimitsCpuFault = Fault<LimitsCpuPlan, LimitsCpuObservation>;

/** Only the first level, and one look at it: what more would add proves nothing more. */
const first = (plan: LimitsCpuPlan): LimitsCpuPlan => ({
  ...plan,
  levels: plan.levels.slice(0, 1),
  doubtAt: null,
});

const noQuota: LimitsCpuFault = withoutLimit('cpus');

const openLoop: LimitsCpuFault = {
  id: 'open-loop',
  breaks: 'the load keeps a duty cycle by the clock and knows nothing of the quota',
  raises: 'LIM010',
  inject: (plan) => ({ ...first(plan), fault: 'open-loop' }),
  applied: ({ levels }) => {
    const run = levels?.[0]?.run;
    return run !== undefined && Math.abs(run.meanShare - run.targetShare) > 0.02
      ? `the kernel counted ${percentAsText(run.meanShare * 100)} where ${percentAsText(run.targetShare * 100)} were meant`
      : undefined;
  },
};

const weak: LimitsCpuFault = {
  id: 'asks-for-less',
  breaks: 'the load asks for half of what it should take',
  raises: 'LIM011',
  inject: (plan) => {
    const halved = first(plan);
    return { ...halved, levels: halved.levels.map((level) => ({ ...level, asked: level.share / 2 })) };
  },
  applied: ({ levels }) => {
    const level = levels?.[0];
    return level !== undefined && level.run.targetShare < level.share
      ? `the load was told ${percentAsText(level.run.targetShare * 100)}`
      : undefined;
  },
};

const goesOn: LimitsCpuFault = {
  id: 'goes-on',
  breaks: 'the load works on after it was told to stop',
  raises: 'LIM013',
  inject: (plan) => {
    const last = plan.levels.slice(0, 1).map((level) => ({ ...level, afterMs: 1000 }));
    return { ...first(plan), levels: last, fault: 'go-on' };
  },
  applied: ({ levels }) => {
    const run = levels?.[0]?.run;
    return run !== undefined && run.shareAfter > run.targetShare / 2
      ? `${percentAsText(run.shareAfter * 100)} of the quota were used after the stop`
      : undefined;
  },
};

/** Ways in which a quota, or a load under it, can be wrong. */
export const limitsCpuFaults: readonly LimitsCpuFault[] = [noQuota, openLoop, weak, goesOn];
