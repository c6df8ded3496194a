import type { MemorySample } from '../../../model/recording.ts';

/** At most so many samples, of each stretch the highest, so that no peak gets lost; the first and the last stay. */
export function thinned(samples: readonly MemorySample[], most: number): readonly MemorySample[] {
  if (samples.length <= most) return samples;
  const size = (samples.length - 2) / (most - 2);
  const kept = [samples[0]!];
  for (let at = 0; at < most - 2; at += 1) {
    const stretch = samples.slice(1 + Math.floor(at * size), 1 + Math.floor((at + 1) * size));
    kept.push(stretch.reduce((top, sample) => (sample.bytes > top.bytes ? sample : top)));
  }
  return [...kept, samples.at(-1)!];
}
