import type { Fault } from '@seaworthy/scenario';
import { withLimits } from '../sandbox/sandbox-plan.ts';
import { withoutLimit } from '../sandbox/without-limit.ts';
import { killsIn } from './judge-limits-combined.ts';
import type { LimitsCombinedObservation } from './limits-combined-observation.ts';
import type { LimitsCombinedPlan } from './limits-combined-plan.ts';

type LimitsCombinedFault = Fault<LimitsCombinedPlan, LimitsCombinedObservation>;

/** What these faults break shows at once. */
const briefly = (plan: LimitsCombinedPlan): LimitsCombinedPlan => ({
  ...plan,
  overlapMs: Math.min(plan.overlapMs, 500),
});

const noLimit: LimitsCombinedFault = withoutLimit('memoryBytes');

const diskBesideMemory: LimitsCombinedFault = {
  id: 'disk-beside-memory',
  breaks: 'a place in memory is not counted as memory',
  raises: 'LIM040',
  inject: (plan) => ({
    ...withLimits(plan, { diskBytes: Math.floor(plan.sandbox.request.memoryBytes / 2) }),
    fault: 'disk-beside-memory',
  }),
  applied: ({ run }) => {
    const kills = run === null ? 0 : Math.max(killsIn(run) ?? 0, run.deaths.length);
    return kills > 0 ? `the kernel killed ${kills}` : undefined;
  },
};

const noReserve: LimitsCombinedFault = {
  id: 'no-reserve',
  breaks: 'no descriptor is kept in reserve for control',
  raises: 'LIM041',
  inject: (plan) => ({ ...briefly(plan), fault: 'no-reserve' }),
  applied: ({ run }) =>
    run !== null && (!run.duringOverlap.reservedRead || run.control.answered < run.control.asked)
      ? `${run.control.answered} of ${run.control.asked} control questions were answered`
      : undefined,
};

const keeps: LimitsCombinedFault = {
  id: 'keeps-everything',
  breaks: 'nothing is given back after the pressure',
  raises: 'LIM042',
  inject: (plan) => ({ ...briefly(plan), fault: 'keep' }),
  applied: ({ run }) =>
    run !== null && run.parts.some(({ recovered }) => !recovered)
      ? `not back were ${run.parts
          .filter(({ recovered }) => !recovered)
          .map(({ part }) => part)
          .join(', ')}`
      : undefined,
};

/** Ways in which limits can fail together. */
export const limitsCombinedFaults: readonly LimitsCombinedFault[] = [
  noLimit,
  diskBesideMemory,
  noReserve,
  keeps,
];
