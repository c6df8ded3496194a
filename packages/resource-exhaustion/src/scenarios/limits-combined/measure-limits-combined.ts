import type { MeasureContext } from '@seaworthy/scenario';
import { exhaustTogether } from '../../combined/exhaust-together.ts';
import { inSandbox } from '../sandbox/in-sandbox.ts';
import { watchKeeper } from '../sandbox/watch-keeper.ts';
import { plain } from '../sandbox/plain.ts';
import { COMBINED_RESTS_ON } from './judge-limits-combined.ts';
import type { LimitsCombinedObservation } from './limits-combined-observation.ts';
import type { LimitsCombinedPlan } from './limits-combined-plan.ts';

/** All at once, in one sandbox. */
export async function measureLimitsCombined(
  plan: LimitsCombinedPlan,
  context: MeasureContext,
): Promise<LimitsCombinedObservation> {
  const { sandbox, result } = await inSandbox(plan.sandbox, context, COMBINED_RESTS_ON, async (open) => {
    const keeper = watchKeeper(open.keeper);
    context.progress('memory, CPU, descriptors and disk at once');
    const run = await exhaustTogether(open, {
      memory: plan.memory,
      cpu: plan.cpu,
      descriptors: plan.descriptors,
      disk: plan.disk,
      overlapMs: plan.overlapMs,
      timeoutMs: plan.timeoutMs,
      signal: context.signal,
      ...(plan.fault === null ? {} : { fault: plan.fault }),
    });
    return { run: plain(run), keeperAlive: await keeper.isAlive() };
  });
  return { sandbox, run: result?.run ?? null, keeperAlive: result?.keeperAlive ?? true };
}
