import type { CollectionProfile } from '../model/collection-profile.ts';
import { counted, formatBytes } from './quantity.ts';

/** What memory limit and how many workers the collection can do with: one sentence each. */
export function limitSentences({ smallestLimit, workers }: CollectionProfile): string[] {
  const sentences: string[] = [];
  if (smallestLimit !== undefined) {
    const { passes, fails, tried } = smallestLimit;
    const below = fails === undefined ? '' : `, fails with ${formatBytes(fails)}`;
    sentences.push(
      `Collects with a memory limit of ${formatBytes(passes)}${below} (${counted(tried.length, 'limit')} tried)`,
    );
  }
  if (workers !== undefined) {
    const { largest, limit, origin, perWorker, cpus } = workers;
    const needs = `each worker needs ${formatBytes(perWorker)} of ${formatBytes(limit)} (${origin})`;
    sentences.push(
      largest < 1
        ? `Not even -n 1 fits: ${needs}`
        : `-n ${largest} is the largest that fits: ${needs}; ${counted(cpus, 'CPU')} may be used`,
    );
  }
  return sentences;
}
