import { seededRandom } from '../../src/statistics/seeded-random.ts';

/** Reproducible normal deviates (Box & Muller, 1958). */
export function gaussian(seed: number): () => number {
  const random = seededRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
