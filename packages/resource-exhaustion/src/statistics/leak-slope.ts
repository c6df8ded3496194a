import { theilSen, type SlopeEstimate } from './theil-sen.ts';

export interface LeakSlopeOptions {
  /** Samples at the beginning that do not count: caches fill, arenas are made. 10 by default. */
  readonly warmUp?: number;
  /** What is no leak yet, bytes per iteration; 1024 by default. A clean program shows up to 0.4 KB after `malloc_trim`. */
  readonly effectBytes?: number;
  /** Fewer than so many after the warm-up decide nothing; 90 by default. */
  readonly leastSamples?: number;
}

export interface LeakSlope {
  /** Bytes per iteration. */
  readonly slope: SlopeEstimate;
  /** Counted, after the warm-up. */
  readonly samples: number;
  readonly effectBytes: number;
  /** `leak`: the whole interval is above the effect size. `none`: it is at or below it. `unclear`: neither, or too few samples. */
  readonly verdict: 'leak' | 'none' | 'unclear';
}

/**
 * Whether memory grows with each iteration by more than an effect size: a slope alone is significant for any program that runs
 * long enough.
 *
 * Take each sample after `malloc_trim(0)`: untrimmed RSS of a clean program wanders by 100 KB an iteration and more.
 *
 * @param samples bytes, one after each iteration, in order
 */
export function leakSlope(samples: readonly number[], options: LeakSlopeOptions = {}): LeakSlope {
  const { warmUp = 10, effectBytes = 1024, leastSamples = 90 } = options;
  const counted = samples.slice(warmUp);
  const slope = theilSen(counted);
  return { slope, samples: counted.length, effectBytes, verdict: verdictOf() };

  function verdictOf(): LeakSlope['verdict'] {
    if (counted.length < leastSamples) return 'unclear';
    if (slope.low > effectBytes) return 'leak';
    return slope.high <= effectBytes ? 'none' : 'unclear';
  }
}
