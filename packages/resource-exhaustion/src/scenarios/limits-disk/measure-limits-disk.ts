import type { MeasureContext } from '@seaworthy/scenario';
import { exhaustDisk } from '../../disk/exhaust-disk.ts';
import { inSandbox } from '../sandbox/in-sandbox.ts';
import { plain } from '../sandbox/plain.ts';
import type { LimitsDiskObservation } from './limits-disk-observation.ts';
import type { LimitsDiskPlan } from './limits-disk-plan.ts';

/** Fills the place of the sandbox and empties it. */
export async function measureLimitsDisk(
  plan: LimitsDiskPlan,
  context: MeasureContext,
): Promise<LimitsDiskObservation> {
  const { sandbox, result } = await inSandbox(plan.sandbox, context, ['diskBytes'], async (open) => {
    context.progress('filling the place');
    const run = await exhaustDisk(open, {
      share: 'untilFull',
      mostBytes: plan.mostBytes,
      holdMs: plan.holdMs,
      signal: context.signal,
      ...(plan.fault === null ? {} : { fault: plan.fault }),
    });
    return plain(run);
  });
  return { sandbox, run: result };
}
