import type { Cause, Finding, Judgement, Limits } from '@seaworthy/scenario';
import { median } from '../statistics/median.ts';
import { ratioOfMedians } from '../statistics/ratio-of-medians.ts';
import type { Estimate } from '../statistics/ratio-of-medians.ts';
import type { performanceLimits } from './performance-limits.ts';
import type { PerformanceObservation, TimedImport } from './performance-observation.ts';

type PerformanceLimits = Limits<typeof performanceLimits>;

/** Processor time shows code that is executed, elapsed time also what waits. */
const CLOCKS = ['cpuMs', 'wallMs'] as const;
type Clock = (typeof CLOCKS)[number];
const CLOCK_NAMES: Readonly<Record<Clock, string>> = { cpuMs: 'processor time', wallMs: 'elapsed time' };

/** Of fewer pairs the bootstrap draws too few different medians for its interval to mean anything. */
const FEWEST_PAIRS = 6;

/** Slower only where the whole interval is at or above the limit, good only where all of it is below. */
export function judgePerformance(observation: PerformanceObservation, limits: PerformanceLimits): Judgement {
  const failures = failedImports(observation, limits);
  if (failures.length > 0) return { findings: failures };
  const pairs = observation.circular.length;
  if (pairs < FEWEST_PAIRS) {
    return {
      findings: [],
      inconclusive: [`Only ${pairs} pairs could be timed in time, ${FEWEST_PAIRS} are needed`],
    };
  }
  const findings: Finding[] = [];
  const inconclusive: string[] = [];
  const slower = CLOCKS.map((clock) => ({ clock, ratio: timeRatio(observation, clock) }));
  const worst = slower.find(({ ratio }) => ratio.low >= limits.maxSlowdown);
  if (worst !== undefined) findings.push(slowFinding(observation, limits, worst.clock, worst.ratio));
  else {
    for (const { clock, ratio } of slower) {
      if (ratio.high < limits.maxSlowdown) continue;
      inconclusive.push(
        `Circular modules take ${interval(ratio)} times the ${CLOCK_NAMES[clock]} of clean ones: the interval from ${observation.circular.length} pairs contains the limit of ${limits.maxSlowdown}`,
      );
    }
  }
  const extra = extraMemory(observation);
  if (extra >= limits.maxExtraMemory) findings.push(memoryFinding(extra, limits));
  return { findings, ...(inconclusive.length > 0 ? { inconclusive } : {}) };
}

/** Ratio of the medians of both sides on one clock, with its interval. */
export function timeRatio(observation: PerformanceObservation, clock: Clock): Estimate {
  const of = (samples: readonly TimedImport[]): number[] => samples.map((sample) => sample[clock]);
  return ratioOfMedians(of(observation.circular), of(observation.clean), observation.seed);
}

/** Difference of the medians of both sides' peak memory, in bytes. */
export function extraMemory({ circular, clean }: PerformanceObservation): number {
  const of = (samples: readonly TimedImport[]): number => median(samples.map((sample) => sample.peakBytes));
  return of(circular) - of(clean);
}

const interval = ({ value, low, high }: Estimate): string =>
  `${value.toFixed(2)} (95 % interval ${low.toFixed(2)}-${high.toFixed(2)})`;

function slowFinding(
  { bodies, circular, clean }: PerformanceObservation,
  limits: PerformanceLimits,
  clock: Clock,
  ratio: Estimate,
): Finding {
  const slowest = [...bodies].sort((a, b) => b[clock] - a[clock])[0];
  const cause: Cause =
    slowest === undefined
      ? { text: 'no module stands out', certainty: 'unknown' }
      : {
          text: `the body of ${slowest.module} alone ${clock === 'cpuMs' ? 'computes' : 'waits'} for ${slowest[clock].toFixed(1)} ms`,
          certainty: 'certain',
        };
  const of = (samples: readonly TimedImport[]): string =>
    `${median(samples.map((sample) => sample[clock])).toFixed(2)} ms`;
  return {
    code: 'IMP031',
    severity: 'error',
    message: `Importing circular modules takes ${interval(ratio)} times the ${CLOCK_NAMES[clock]} of clean ones; it must stay below ${limits.maxSlowdown}`,
    measured: { value: ratio.value, unit: 'ratio' },
    limit: { name: 'maxSlowdown', value: limits.maxSlowdown, unit: 'ratio', bound: 'most' },
    evidence: [
      `medians of ${circular.length} interleaved pairs: circular ${of(circular)}, clean ${of(clean)}`,
      ...bodies.map(
        (body) =>
          `${body.module}: ${body.cpuMs.toFixed(2)} ms of processor time, ${body.wallMs.toFixed(2)} ms elapsed`,
      ),
    ],
    cause,
    ...(slowest === undefined
      ? {}
      : {
          fix: {
            text: `Move what the body of ${slowest.module} does into a function`,
            location: { path: `${slowest.module}.py` },
          },
        }),
  };
}

function memoryFinding(extra: number, limits: PerformanceLimits): Finding {
  return {
    code: 'IMP033',
    severity: 'error',
    message: `Circular modules need ${(extra / 1e6).toFixed(1)} MB more memory at their import than clean ones; it must stay below ${(limits.maxExtraMemory / 1e6).toFixed(1)} MB`,
    measured: { value: extra, unit: 'bytes' },
    limit: { name: 'maxExtraMemory', value: limits.maxExtraMemory, unit: 'bytes', bound: 'most' },
    cause: { text: 'a module of the circle makes large objects while it is imported', certainty: 'likely' },
  };
}

function failedImports({ circular, clean }: PerformanceObservation, limits: PerformanceLimits): Finding[] {
  const failed = [...circular, ...clean].filter((sample) => sample.error !== null);
  const first = failed[0]?.error;
  if (first === undefined || first === null || failed.length <= limits.maxFailures) return [];
  const errors = new Set(failed.map((sample) => `${sample.error?.type}: ${sample.error?.message}`));
  return [
    {
      code: 'IMP032',
      severity: 'error',
      message: `${failed.length} of ${circular.length + clean.length} imports failed with ${first.type}`,
      measured: { value: failed.length, unit: 'count' },
      limit: { name: 'maxFailures', value: limits.maxFailures, unit: 'count', bound: 'most' },
      evidence: [...errors],
      cause: {
        text: 'a module of the circle uses a name before the module that defines it has come so far',
        certainty: first.type === 'ImportError' || first.type === 'AttributeError' ? 'likely' : 'unknown',
      },
    },
  ];
}
