import type { MeasureContext } from '@seaworthy/scenario';
import { plainData } from '../collect/plain-data.ts';
import { collectRepeatedly } from '../repeated-collections/collect-repeatedly.ts';
import type { RepetitionOptions } from '../repeated-collections/collect-repeatedly.ts';
import type { RepeatedCollections } from '../repeated-collections/repeated-collections.ts';
import { testsWithCode } from '../repeated-collections/tests-with-code.ts';
import type { CollectionLeakObservation } from './collection-leak-observation.ts';
import type { CollectionLeakPlan } from './collection-leak-plan.ts';
import { judgeCollectionLeak } from './judge-collection-leak.ts';

const DIAGNOSIS_ROUNDS = 2;

/**
 * Collects in one process, first the tests as they are and last with data for each. Only where that looks bad, a second
 * process is traced, since tracing takes memory itself and makes everything slower.
 */
export async function measureCollectionLeak(
  plan: CollectionLeakPlan,
  context: MeasureContext,
): Promise<CollectionLeakObservation> {
  const { root, modules, tests } = await testsWithCode(plan.tree, plan.code, context);
  const options: RepetitionOptions = {
    root,
    modules,
    witness: 'resident',
    warmUp: plan.warmUp,
    rounds: plan.rounds,
    payload: plan.payload,
    bytecodeFolder: await context.workspace.makeFolder('bytecode'),
    timeoutMs: plan.timeoutMs,
  };
  context.progress(`${plan.rounds} collections of ${tests} tests in one process, one of them with data`);
  const repeated = await collectRepeatedly(options, context);
  const observation = { expected: tests, share: plan.share, repeated, diagnosis: null };
  const isConspicuous = judgeCollectionLeak(observation, plan.limits).findings.length > 0;
  const diagnosis = isConspicuous ? await diagnose(options, context) : null;
  return plainData({ ...observation, diagnosis }, root);
}

async function diagnose(
  options: RepetitionOptions,
  context: MeasureContext,
): Promise<Pick<RepeatedCollections, 'lines' | 'types'>> {
  context.progress('memory stays: looking for what holds it');
  const rounds = { warmUp: 1, rounds: DIAGNOSIS_ROUNDS, payload: 0 };
  const { lines, types } = await collectRepeatedly({ ...options, witness: 'traced', ...rounds }, context);
  return { lines, types };
}
