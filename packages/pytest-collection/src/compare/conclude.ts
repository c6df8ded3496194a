import { median } from '../statistics/median.ts';
import { pairedRatio } from '../statistics/paired-ratio.ts';
import type { ComparedFigure, RunSample, SpeedConclusion, StateComparison } from './collection-comparison.ts';
import type { Estimate } from '../statistics/estimate.ts';

/** Smallest change that matters. Peak memory hardly varies, so that less of it can be told and counts. */
export const THRESHOLDS = { cpu: 1.05, peak: 1.02, wall: 1.05 } as const;

/** Of the interval that must exclude 1: several figures and states are looked at, and runs end when they agree. */
const CONFIDENCE = 0.99;

/**
 * `same` only where the whole interval says so, `less` or `more` only where the 99 % interval excludes 1 and the estimate
 * is worth mentioning; what is in between cannot be told.
 *
 * @param ratio with its 95 % interval
 * @param sure the same with its 99 % interval
 */
export function concludeRatio(
  ratio: Estimate,
  sure: Estimate,
  threshold: number,
): ComparedFigure['conclusion'] {
  if (ratio.low > 1 / threshold && ratio.high < threshold) return 'same';
  if (sure.low > 1 && ratio.value >= threshold) return 'more';
  if (sure.high < 1 && ratio.value <= 1 / threshold) return 'less';
  return 'cannot-tell';
}

/** Of what could not be measured, such as peak memory on a system that does not tell it. */
const UNKNOWN: Estimate = { value: 1, low: 0, high: Number.POSITIVE_INFINITY };

/** What the pairs of one state of the bytecode say. */
export function concludeState(
  a: readonly RunSample[],
  b: readonly RunSample[],
  endedBy: StateComparison['endedBy'],
): StateComparison {
  const figure = (of: (sample: RunSample) => number, threshold: number): ComparedFigure => {
    const [left, right] = [a.map(of), b.map(of)];
    const isMeasured = [...left, ...right].every((value) => value > 0);
    const ratio = isMeasured ? pairedRatio(left, right) : UNKNOWN;
    const sure = isMeasured ? pairedRatio(left, right, CONFIDENCE) : UNKNOWN;
    return {
      a: median(left),
      b: median(right),
      ratio,
      threshold,
      conclusion: concludeRatio(ratio, sure, threshold),
    };
  };
  const cpu = figure((sample) => sample.cpuMs, THRESHOLDS.cpu);
  const peak = figure((sample) => sample.peakBytes, THRESHOLDS.peak);
  const wall = figure((sample) => sample.wallMs, THRESHOLDS.wall);
  return {
    a,
    b,
    cpu,
    peak,
    wall,
    conclusion: SPEED[cpu.conclusion],
    memoryConclusion: WEIGHT[peak.conclusion],
    endedBy,
  };
}

const SPEED = {
  less: 'faster',
  more: 'slower',
  same: 'same',
  'cannot-tell': 'cannot-tell',
} as const satisfies Record<ComparedFigure['conclusion'], SpeedConclusion>;

const WEIGHT = {
  less: 'lighter',
  more: 'heavier',
  same: 'same',
  'cannot-tell': 'cannot-tell',
} as const satisfies Record<ComparedFigure['conclusion'], StateComparison['memoryConclusion']>;
