import type { Finding, Judgement, Limits } from '@seaworthy/scenario';
import { counted, formatBytes } from '../../formats/quantity.ts';
import type { Growth } from '../../growth/growth.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import {
  failureOf,
  growthOverRounds,
  growthWithTests,
  heavyGrowth,
  retainedPerRound,
} from '../repeated-collections/retention.ts';
import type { collectionLeakLimits } from './collection-leak-limits.ts';
import type { CollectionLeakObservation } from './collection-leak-observation.ts';
import { causeOf, causeOfSurvivors, evidenceOf, fixFor } from './explain-leak.ts';

type CollectionLeakLimits = Limits<typeof collectionLeakLimits>;

/**
 * Every collection must find every test (MEM010); the tests with their data must stay below what is allowed (MEM011) and
 * go when they are let go (MEM012); no further collection may leave much behind (MEM013), and nothing may grow faster
 * than what is collected (MEM014).
 */
export function judgeCollectionLeak(
  observation: CollectionLeakObservation,
  limits: CollectionLeakLimits,
): Judgement {
  const { repeated, expected } = observation;
  const failure = failureOf(repeated, expected);
  if (failure !== undefined) return { findings: [failedFinding(failure)] };
  const heavy = heavyGrowth(repeated);
  const leak = retainedPerRound(repeated);
  if (heavy === undefined || leak === undefined) {
    return {
      findings: [],
      inconclusive: ['The resident memory of a process cannot be read on this system.'],
    };
  }
  const judged = [
    heldJudgement(observation, heavy.held, limits),
    retainedJudgement(observation, heavy.kept, limits),
    leakJudgement(observation, leak, limits),
    growthJudgement(observation, limits),
  ];
  return repeated.trimmed ? merged(judged) : untrimmed(judged);
}

const NOTHING: Judgement = { findings: [] };

function merged(judged: readonly Judgement[]): Judgement {
  const inconclusive = judged.flatMap((part) => part.inconclusive ?? []);
  return {
    findings: judged.flatMap((part) => part.findings),
    ...(inconclusive.length === 0 ? {} : { inconclusive }),
  };
}

/** Without `malloc_trim`, resident memory keeps what was freed: that it stays proves nothing, but its absence does. */
function untrimmed(judged: readonly Judgement[]): Judgement {
  const { findings, inconclusive = [] } = merged(judged);
  const isSure = ({ code }: Finding): boolean => code === 'MEM011';
  const doubtful = findings.filter((finding) => !isSure(finding));
  const reasons = [
    ...inconclusive,
    ...doubtful.map(
      ({ message }) =>
        `${message}, but this C library cannot be told to return freed memory (no malloc_trim).`,
    ),
  ];
  return {
    findings: findings.filter(isSure),
    ...(reasons.length === 0 ? {} : { inconclusive: reasons }),
  };
}

function heldJudgement(
  observation: CollectionLeakObservation,
  held: number,
  limits: CollectionLeakLimits,
): Judgement {
  const allowed = limits.maxGrowth * observation.share;
  if (held < allowed) return NOTHING;
  return {
    findings: [
      {
        code: 'MEM011',
        severity: 'error',
        message: `${counted(observation.expected, 'test')} with their data took ${formatBytes(held)} while they were held; it must be less than ${formatBytes(allowed)}`,
        measured: { value: held, unit: 'bytes' },
        limit: { name: 'maxGrowth', value: allowed, unit: 'bytes', bound: 'most' },
        evidence: evidenceOf(observation),
        cause: {
          text: 'something keeps further data, or copies, for each test that is collected',
          certainty: 'likely',
        },
      },
    ],
  };
}

function retainedJudgement(
  observation: CollectionLeakObservation,
  kept: number,
  limits: CollectionLeakLimits,
): Judgement {
  if (kept <= limits.maxRetained) return NOTHING;
  const survivors = observation.repeated.heavy?.survivors ?? { count: 0, heldBy: [] };
  const holder = survivors.heldBy[0];
  return {
    findings: [
      {
        code: 'MEM012',
        severity: 'error',
        message: `${formatBytes(kept)} stayed after the tests were let go and the garbage was collected; at most ${formatBytes(limits.maxRetained)} may`,
        measured: { value: kept, unit: 'bytes' },
        limit: { name: 'maxRetained', value: limits.maxRetained, unit: 'bytes', bound: 'most' },
        evidence: [...survivors.heldBy.map((name) => `held by ${name}`), ...evidenceOf(observation)],
        cause: causeOfSurvivors(survivors),
        ...(holder === undefined ? {} : { fix: { text: fixFor(holder) } }),
      },
    ],
  };
}

/** A leak that grows is told as such, and not a second time. */
function leakJudgement(
  observation: CollectionLeakObservation,
  leak: Estimate,
  limits: CollectionLeakLimits,
): Judgement {
  const told = `${formatBytes(leak.value)} (95 % interval ${formatBytes(leak.low)} to ${formatBytes(leak.high)})`;
  if (leak.high < limits.maxLeak) return NOTHING;
  if (!Number.isFinite(leak.low) || leak.low < limits.maxLeak) {
    return {
      findings: [],
      inconclusive: [
        `Each collection leaves ${Number.isFinite(leak.low) ? told : 'an unknown amount'} behind: from ${observation.repeated.rounds.length} collections it cannot be told whether it is less than ${formatBytes(limits.maxLeak)}.`,
      ],
    };
  }
  const growth = growthOverRounds(observation.repeated, limits.maxExponent);
  if (growth?.conclusion === 'super-linear')
    return {
      findings: [
        superLinear(observation, growth, 'the memory that stays', 'the number of collections', limits),
      ],
    };
  return {
    findings: [
      {
        code: 'MEM013',
        severity: 'error',
        message: `Each further collection in a process leaves ${told} behind; it must be less than ${formatBytes(limits.maxLeak)}`,
        measured: { value: leak.value, unit: 'bytes' },
        limit: { name: 'maxLeak', value: limits.maxLeak, unit: 'bytes', bound: 'most' },
        evidence: evidenceOf(observation),
        ...causeOf(observation),
      },
    ],
  };
}

function growthJudgement(observation: CollectionLeakObservation, limits: CollectionLeakLimits): Judgement {
  const growth = growthWithTests(observation.repeated, limits.maxExponent);
  if (growth?.conclusion !== 'super-linear') return NOTHING;
  return {
    findings: [superLinear(observation, growth, 'the memory of the tests', 'the number of tests', limits)],
  };
}

function superLinear(
  observation: CollectionLeakObservation,
  { exponent }: Growth,
  what: string,
  size: string,
  { maxExponent }: CollectionLeakLimits,
): Finding {
  return {
    code: 'MEM014',
    severity: 'error',
    message: `${what[0]?.toUpperCase()}${what.slice(1)} grows with the power ${exponent.value.toFixed(2)} (interval ${exponent.low.toFixed(2)} to ${exponent.high.toFixed(2)}) of ${size}; it must be less than ${maxExponent}`,
    measured: { value: exponent.value, unit: 'ratio' },
    limit: { name: 'maxExponent', value: maxExponent, unit: 'ratio', bound: 'most' },
    evidence: evidenceOf(observation),
    ...causeOf(observation),
  };
}

function failedFinding(failure: string): Finding {
  return {
    code: 'MEM010',
    severity: 'error',
    message: `The same tests could not be collected again and again in one process: ${failure}`,
    cause: {
      text: 'a plugin or conftest that does not expect to be loaded a second time, or that fails anyway',
      certainty: 'likely',
    },
  };
}
