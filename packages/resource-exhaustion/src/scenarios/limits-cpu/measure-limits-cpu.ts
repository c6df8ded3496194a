import type { MeasureContext } from '@seaworthy/scenario';
import { exhaustCpu } from '../../cpu/exhaust-cpu.ts';
import type { CpuExhaustion } from '../../model/exhaustion.ts';
import { percentAsText } from '../sandbox/amounts.ts';
import { inSandbox } from '../sandbox/in-sandbox.ts';
import { plain } from '../sandbox/plain.ts';
import type { CpuLevel, LimitsCpuObservation } from './limits-cpu-observation.ts';
import type { LimitsCpuPlan } from './limits-cpu-plan.ts';

/** One level after the other in one sandbox; the quota is the same for all. */
export async function measureLimitsCpu(
  plan: LimitsCpuPlan,
  context: MeasureContext,
): Promise<LimitsCpuObservation> {
  const { sandbox, result } = await inSandbox(plan.sandbox, context, ['cpus'], async (open) => {
    const levels: CpuLevel[] = [];
    for (const { share, asked, afterMs } of plan.levels) {
      context.progress(`CPU at ${percentAsText(share * 100)} of the quota`);
      const look = (durationMs: number): Promise<CpuExhaustion> =>
        exhaustCpu(open, {
          share: asked,
          durationMs,
          afterMs,
          signal: context.signal,
          ...(plan.fault === null ? {} : { fault: plan.fault }),
        });
      let run = await look(plan.windowMs);
      if (plan.doubtAt !== null && Math.abs(run.meanShare - share) > plan.doubtAt) {
        context.progress(`once more: ${percentAsText(run.meanShare * 100)} may be a moment's`);
        run = await look(plan.windowMs * 2);
      }
      levels.push({ share, run: plain(run) });
    }
    return levels;
  });
  return { sandbox, levels: result };
}
