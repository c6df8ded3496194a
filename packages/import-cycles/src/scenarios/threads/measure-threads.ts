import type { MeasureContext } from '@seaworthy/scenario';
import { openPythonPlace } from '../interpreter/python-place.ts';
import type { PythonPlace } from '../interpreter/python-place.ts';
import { shareOf } from '../statistics/share-interval.ts';
import type { ThreadsObservation, Trial } from './threads-observation.ts';
import type { ThreadsPlan } from './threads-plan.ts';

const SILENT_TOO_OFTEN = 3;

/**
 * Tries the same imports in many fresh interpreters, each with another seed for the moments at which its threads
 * begin, until it is clear on which side of the limit the share of deadlocks lies.
 */
export async function measureThreads(
  plan: ThreadsPlan,
  context: MeasureContext,
): Promise<ThreadsObservation> {
  await using place = await openPythonPlace(context);
  const folder = await place.writeModules('threads', plan.modules);
  const trials: Trial[] = [];
  const start = performance.now();
  const isOpen = (): boolean => !isDecided(trials, plan) && performance.now() - start < plan.triesMs;
  let begun = 0;
  const tryOn = async (): Promise<void> => {
    while (begun < plan.trials.most && isOpen()) {
      trials.push(await tryOnce(plan, folder, place, context.seed + 7919 * begun++));
      if (trials.length % 20 === 0) context.progress(`${trials.length} trials of four threads`);
    }
  };
  await Promise.all(Array.from({ length: plan.atOnce }, tryOn));
  return { trials, durationMs: performance.now() - start };
}

async function tryOnce(
  plan: ThreadsPlan,
  folder: string,
  place: PythonPlace,
  seedOfTrial: number,
): Promise<Trial> {
  const seed = String(seedOfTrial % 2 ** 31);
  const args = [folder, seed, String(plan.patienceSeconds), ...plan.threads];
  const began = performance.now();
  const answer = await place.run<Trial>('thread_trial.py', args, {
    cwd: folder,
    timeoutMs: plan.patienceSeconds * 5000 + 10_000,
  });
  if (answer.failure === undefined) return answer.result;
  const durationMs = performance.now() - began;
  return { outcome: 'silent', met: false, durationMs, threads: [], failure: answer.failure };
}

/** Clearly above the limit after a few trials, or clearly below after all that were asked for. */
function isDecided(trials: readonly Trial[], plan: ThreadsPlan): boolean {
  const hung = trials.filter((trial) => trial.outcome !== 'finished').length;
  const { low, high } = shareOf(hung, trials.length);
  if (trials.filter((trial) => trial.outcome === 'silent').length >= SILENT_TOO_OFTEN) return true;
  if (trials.length >= 4 && low >= plan.decisivePercent) return true;
  return trials.length >= plan.trials.least && high < plan.decisivePercent;
}
