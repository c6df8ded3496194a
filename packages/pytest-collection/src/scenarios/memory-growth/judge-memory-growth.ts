import type { Finding, Judgement, Limits } from '@seaworthy/scenario';
import { counted, formatBytes } from '../../formats/quantity.ts';
import { fitGrowth } from '../../growth/fit-growth.ts';
import type { Growth } from '../../growth/growth.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { dearestByMemory, dearestEvidence } from '../collect/dear-cause.ts';
import { endedFinding } from '../collect/ended-finding.ts';
import { judgeTests } from '../collect/judge-collected.ts';
import { failureOf, retainedPerRound } from '../repeated-collections/retention.ts';
import type { memoryGrowthLimits } from './memory-growth-limits.ts';
import type { MemoryGrowthObservation } from './memory-growth-observation.ts';

type MemoryGrowthLimits = Limits<typeof memoryGrowthLimits>;

/**
 * Every collection must find every test; each further file may add little to the peak (COL021), not more the more there
 * are (COL022), and a process must give back what a batch took (COL023). What no interval settles is not judged.
 */
export function judgeMemoryGrowth(
  observation: MemoryGrowthObservation,
  limits: MemoryGrowthLimits,
): Judgement {
  const broken = brokenOf(observation);
  if (broken !== undefined) return broken;
  const growth = peakGrowth(observation, limits.maxFileExponent);
  const parts = [
    ...(growth === undefined
      ? [{ findings: [], inconclusive: ['The peak of memory could not be measured here.'] }]
      : [
          perFileJudgement(observation, growth.slope, limits),
          exponentJudgement(observation, growth, limits),
        ]),
    batchJudgement(observation, limits),
  ];
  const inconclusive = parts.flatMap((part) => part.inconclusive ?? []);
  return {
    findings: parts.flatMap((part) => part.findings),
    ...(inconclusive.length === 0 ? {} : { inconclusive }),
  };
}

/** How the peak grows with the number of files; `undefined` where it could not be measured. */
export function peakGrowth({ collections }: MemoryGrowthObservation, tolerance: number): Growth | undefined {
  const isMeasured = collections.every(({ observed }) => observed.peak.source !== 'none');
  if (!isMeasured || collections.length === 0) return undefined;
  const points = collections.map(({ files, observed }) => ({ size: files, value: observed.peak.bytes }));
  return fitGrowth(points, { tolerance });
}

const NOTHING: Judgement = { findings: [] };

function brokenOf(observation: MemoryGrowthObservation): Judgement | undefined {
  for (const { observed } of observation.collections) {
    const ended = endedFinding(observed);
    if (ended !== undefined) return { findings: [ended] };
    const judged = judgeTests(observed);
    if (judged.findings.length > 0 || judged.inconclusive !== undefined) return judged;
  }
  return undefined;
}

function perFileJudgement(
  observation: MemoryGrowthObservation,
  slope: Estimate,
  { maxPerFile }: MemoryGrowthLimits,
): Judgement {
  if (slope.high < maxPerFile) return NOTHING;
  const told = `Each further file adds ${interval(slope)} to the peak of memory`;
  if (!(slope.low >= maxPerFile)) {
    return {
      findings: [],
      inconclusive: [`${told}: the interval contains the limit of ${formatBytes(maxPerFile)}.`],
    };
  }
  return {
    findings: [
      {
        code: 'COL021',
        severity: 'error',
        message: `${told}; it must be less than ${formatBytes(maxPerFile)}`,
        measured: { value: slope.value, unit: 'bytes' },
        limit: { name: 'maxPerFile', value: maxPerFile, unit: 'bytes', bound: 'most' },
        ...about(observation),
      },
    ],
  };
}

function exponentJudgement(
  observation: MemoryGrowthObservation,
  { exponent, overall, base, conclusion }: Growth,
  limits: MemoryGrowthLimits,
): Judgement {
  const range = ({ value, low, high }: Estimate): string =>
    `${value.toFixed(2)} (interval ${low.toFixed(2)} to ${high.toFixed(2)})`;
  if (conclusion === 'super-linear') {
    return {
      findings: [
        {
          code: 'COL022',
          severity: 'error',
          message: `What files add to the peak of memory grows with the power ${range(exponent)} of their number, above ${formatBytes(base)} that are there anyway; it must be less than ${limits.maxFileExponent}`,
          measured: { value: exponent.value, unit: 'ratio' },
          limit: { name: 'maxFileExponent', value: limits.maxFileExponent, unit: 'ratio', bound: 'most' },
          ...about(observation),
        },
      ],
    };
  }
  if (overall.high < limits.maxExponent) return NOTHING;
  const told = `The whole peak of memory grows with the power ${range(overall)} of the number of files`;
  if (!(overall.low >= limits.maxExponent)) {
    return {
      findings: [],
      inconclusive: [`${told}: the interval contains the limit of ${limits.maxExponent}.`],
    };
  }
  return {
    findings: [
      {
        code: 'COL022',
        severity: 'error',
        message: `${told}; it must be less than ${limits.maxExponent}`,
        measured: { value: overall.value, unit: 'ratio' },
        limit: { name: 'maxExponent', value: limits.maxExponent, unit: 'ratio', bound: 'most' },
        ...about(observation),
      },
    ],
  };
}

function batchJudgement(
  { batches, batchTests }: MemoryGrowthObservation,
  { maxKept }: MemoryGrowthLimits,
): Judgement {
  if (batches === null) return NOTHING;
  const failure = failureOf(batches, batchTests);
  if (failure !== undefined) {
    return {
      findings: [
        {
          code: 'COL020',
          severity: 'error',
          message: `The same files could not be collected again and again in one process: ${failure}`,
          cause: { text: 'a plugin that does not expect to be loaded a second time', certainty: 'likely' },
        },
      ],
    };
  }
  const kept = retainedPerRound(batches);
  if (kept === undefined) {
    return {
      findings: [],
      inconclusive: ['The resident memory of a process cannot be read on this system.'],
    };
  }
  if (kept.high < maxKept) return NOTHING;
  const told = `Each further batch in a process leaves ${interval(kept)} behind`;
  if (!(kept.low >= maxKept)) {
    return {
      findings: [],
      inconclusive: [`${told}: the interval contains the limit of ${formatBytes(maxKept)}.`],
    };
  }
  if (!batches.trimmed) {
    return {
      findings: [],
      inconclusive: [`${told}, but this C library cannot be told to return freed memory (no malloc_trim).`],
    };
  }
  return { findings: [keptFinding(told, kept, maxKept, batches.rounds)] };
}

function keptFinding(
  told: string,
  kept: Estimate,
  maxKept: number,
  rounds: readonly { readonly retained: number | null }[],
): Finding {
  return {
    code: 'COL023',
    severity: 'error',
    message: `${told}; it must be less than ${formatBytes(maxKept)}`,
    measured: { value: kept.value, unit: 'bytes' },
    limit: { name: 'maxKept', value: maxKept, unit: 'bytes', bound: 'most' },
    evidence: [
      `retained after each batch, in MB: ${rounds.map(({ retained }) => ((retained ?? 0) / 1e6).toFixed(1)).join(' ')}`,
      'memory/collection-leak looks for the line of code',
    ],
    cause: {
      text: 'something that outlives the session refers to what belongs to a batch',
      certainty: 'likely',
    },
  };
}

const interval = ({ value, low, high }: Estimate): string =>
  Number.isFinite(low) && Number.isFinite(high)
    ? `${formatBytes(value)} (95 % interval ${formatBytes(low)} to ${formatBytes(high)})`
    : `about ${formatBytes(value)}`;

/** The points, and what took most in the largest tree. */
function about({ collections }: MemoryGrowthObservation): Pick<Finding, 'evidence' | 'cause' | 'fix'> {
  const largest = collections.at(-1)?.observed;
  return {
    evidence: [
      `peaks: ${collections.map(({ files, observed }) => `${counted(files, 'file')} ${formatBytes(observed.peak.bytes)}`).join(', ')}`,
      ...(largest === undefined ? [] : dearestEvidence(largest, 'memoryBytes')),
    ],
    ...(largest === undefined ? {} : dearestByMemory(largest)),
  };
}
