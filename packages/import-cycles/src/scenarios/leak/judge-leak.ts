import type { Cause, Finding, Judgement, Limits } from '@seaworthy/scenario';
import type { leakLimits } from './leak-limits.ts';
import type { LeakObservation, Rounds } from './leak-observation.ts';

type LeakLimits = Limits<typeof leakLimits>;

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;

/** Growth over all rounds and in the worst one, in bytes. */
export interface Growth {
  readonly total: number;
  readonly mean: number;
  readonly worst: number;
  /** Number of the worst round, from 1. */
  readonly worstRound: number;
}

/** What a row of figures, the first one before any round, says about growth; none where there was no round. */
export function growthOf({ figures }: Rounds): Growth {
  const steps = figures.slice(1).map((figure, i) => figure - (figures[i] ?? figure));
  if (steps.length === 0) return { total: 0, mean: 0, worst: 0, worstRound: 0 };
  const total = steps.reduce((sum, step) => sum + step, 0);
  const worst = Math.max(...steps);
  return { total, mean: total / steps.length, worst, worstRound: steps.indexOf(worst) + 1 };
}

/** Judged by resident memory where the system tells it, by traced memory elsewhere. */
export function judgeLeak(observation: LeakObservation, limits: LeakLimits): Judgement {
  const rounds = observation.resident ?? observation.traced;
  const error = rounds.error ?? observation.traced.error;
  if (error !== null) return { findings: [failedFinding(error)] };
  const growth = growthOf(rounds);
  const cause = causeOf(observation);
  const findings: Finding[] = [];
  if (growth.total >= limits.maxTotalGrowth) {
    findings.push({
      code: 'IMP051',
      severity: 'error',
      message: `Memory grew by ${megabytes(growth.total)} in ${rounds.figures.length - 1} rounds of import and unload; it must stay below ${megabytes(limits.maxTotalGrowth)}`,
      measured: { value: growth.total, unit: 'bytes' },
      limit: { name: 'maxTotalGrowth', value: limits.maxTotalGrowth, unit: 'bytes', bound: 'most' },
      evidence: evidenceOf(observation),
      cause,
    });
  }
  if (growth.mean >= limits.maxMeanGrowth) {
    findings.push({
      code: 'IMP051',
      severity: 'error',
      message: `Memory grew by ${megabytes(growth.mean)} a round on average; it must stay below ${megabytes(limits.maxMeanGrowth)}`,
      measured: { value: growth.mean, unit: 'bytes' },
      limit: { name: 'maxMeanGrowth', value: limits.maxMeanGrowth, unit: 'bytes', bound: 'most' },
      evidence: evidenceOf(observation),
      cause,
    });
  }
  if (growth.worst > limits.maxRoundGrowth) {
    findings.push({
      code: 'IMP052',
      severity: 'error',
      message: `Memory grew by ${megabytes(growth.worst)} in round ${growth.worstRound} alone; at most ${megabytes(limits.maxRoundGrowth)} is allowed`,
      measured: { value: growth.worst, unit: 'bytes' },
      limit: { name: 'maxRoundGrowth', value: limits.maxRoundGrowth, unit: 'bytes', bound: 'most' },
      evidence: evidenceOf(observation),
      cause,
    });
  }
  findings.push(...survivorFindings(observation, limits));
  const inconclusive =
    observation.resident !== null && !observation.resident.trimmed ? untrimmed(findings) : [];
  return inconclusive.length > 0
    ? { findings: findings.filter((finding) => finding.code === 'IMP053'), inconclusive }
    : { findings };
}

/** Without `malloc_trim`, resident memory keeps what was freed: growth proves nothing, but its absence does. */
function untrimmed(findings: readonly Finding[]): string[] {
  return findings
    .filter((finding) => finding.code !== 'IMP053')
    .map(
      (finding) =>
        `${finding.message}, but this C library cannot be told to return freed memory (no malloc_trim)`,
    );
}

function survivorFindings({ resident, traced }: LeakObservation, limits: LeakLimits): Finding[] {
  const survivors = (resident ?? traced).survivors;
  const count = survivors.reduce((sum, survivor) => sum + survivor.count, 0);
  if (count <= limits.maxSurvivors) return [];
  const held = survivors.filter((survivor) => survivor.heldBy.length > 0);
  const root = held[0];
  return [
    {
      code: 'IMP053',
      severity: 'error',
      message: `${count} modules outlived their round: ${survivors.map(({ module, count: copies }) => `${module} (${copies})`).join(', ')}`,
      measured: { value: count, unit: 'count' },
      limit: { name: 'maxSurvivors', value: limits.maxSurvivors, unit: 'count', bound: 'most' },
      evidence: survivors.map(
        ({ module, heldBy }) =>
          `${module} is held by ${heldBy.join(', ') || 'another survivor, or C code that the garbage collector cannot look into (atexit, codecs, signal)'}`,
      ),
      cause:
        root === undefined
          ? { text: 'something outside the modules refers to one of them', certainty: 'unknown' }
          : { text: `${root.heldBy[0]} refers to ${root.module}`, certainty: 'likely' },
      ...(root === undefined
        ? {}
        : {
            fix: {
              text: `Do not put ${root.module}, or anything of it, into ${root.heldBy[0]}; or take it out at the end (weakref, unregister)`,
              location: { path: `${root.module}.py` },
            },
          }),
    },
  ];
}

function causeOf({ resident, traced }: LeakObservation): Cause {
  const objects = growthOf(traced).total;
  const share = resident === null ? 1 : objects / growthOf(resident).total;
  return share > 0.5
    ? {
        text: `Python objects that are still referred to: tracemalloc counts ${megabytes(objects)} more of them`,
        certainty: 'certain',
      }
    : {
        text: `memory outside Python's objects: tracemalloc counts only ${megabytes(objects)}`,
        certainty: 'likely',
      };
}

function evidenceOf({ resident, traced }: LeakObservation): readonly string[] {
  const line = (name: string, rounds: Rounds): string =>
    `${name} after each round, in MB: ${rounds.figures.map((figure) => (figure / 1e6).toFixed(1)).join(' ')}`;
  return [...(resident === null ? [] : [line('resident', resident)]), line('Python objects', traced)];
}

function failedFinding(error: { readonly type: string; readonly message: string }): Finding {
  return {
    code: 'IMP054',
    severity: 'error',
    message: `A round of import and unload failed with ${error.type}: ${error.message}`,
    cause: { text: 'a module of the circle cannot be imported, or not a second time', certainty: 'likely' },
  };
}
