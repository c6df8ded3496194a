import type { MeasureContext } from '@seaworthy/scenario';
import { exhaustDescriptors } from '../../descriptors/exhaust-descriptors.ts';
import type { DescriptorExhaustion } from '../../model/exhaustion.ts';
import { inSandbox } from '../sandbox/in-sandbox.ts';
import { plain } from '../sandbox/plain.ts';
import type { LimitsDescriptorsObservation } from './limits-descriptors-observation.ts';
import type { LimitsDescriptorsPlan } from './limits-descriptors-plan.ts';

/** Takes all descriptors and gives them back, a few times. */
export async function measureLimitsDescriptors(
  plan: LimitsDescriptorsPlan,
  context: MeasureContext,
): Promise<LimitsDescriptorsObservation> {
  const { sandbox, result } = await inSandbox(plan.sandbox, context, ['descriptors'], async (open) => {
    if ((open.effective.descriptors ?? Infinity) > plan.mostDescriptors) return null;
    const rounds: DescriptorExhaustion[] = [];
    for (let round = 1; round <= plan.rounds; round += 1) {
      context.progress(`all descriptors, round ${round}`);
      const run = await exhaustDescriptors(open, {
        share: 'untilFull',
        signal: context.signal,
        ...(plan.keepEvery === null ? {} : { keepEvery: plan.keepEvery }),
        ...(plan.fault === null ? {} : { fault: plan.fault }),
      });
      rounds.push(plain(run));
    }
    return rounds;
  });
  return { sandbox, mostDescriptors: plan.mostDescriptors, rounds: result };
}
