import type { CollectionProfile, WorkerEstimate } from '../model/collection-profile.ts';
import { counted, formatLimit, grouped } from './quantity.ts';

/** What memory limit and how many workers the collection can do with: one sentence each. */
export function limitSentences({ smallestLimit, workers }: CollectionProfile): string[] {
  const sentences: string[] = [];
  if (smallestLimit !== undefined) {
    const { passes, fails, confirmed, tried } = smallestLimit;
    const below = fails === undefined ? '' : `, fails with ${formatLimit(fails)}`;
    const doubt = confirmed === false ? '; not confirmed, since no more were to be tried' : '';
    sentences.push(
      `Collects with a memory limit of ${formatLimit(passes)}${below} (${counted(tried.length, 'limit')} tried${doubt})`,
    );
  }
  if (workers !== undefined) sentences.push(workerSentence(workers));
  return sentences;
}

function workerSentence({ largest, limit, origin, perWorker, cpus }: WorkerEstimate): string {
  const needs = `each worker needs ${formatLimit(perWorker)} of ${formatLimit(limit)} (${origin})`;
  if (largest < 1) return `Not even -n 1 fits: ${needs}`;
  if (largest <= cpus)
    return `-n ${largest} is the largest that fits: ${needs}; ${counted(cpus, 'CPU')} may be used`;
  return `Memory sets no bound to -n ${cpus}, a worker for each CPU: ${needs}, which is enough for ${grouped(largest)}`;
}
