import type { Finding, Judgement, Limits } from '@seaworthy/scenario';
import { formatDuration, grouped } from '../../formats/quantity.ts';
import { endedFinding } from '../collect/ended-finding.ts';
import { judgeTests } from '../collect/judge-collected.ts';
import { allowedMs } from '../collect/tree-plan.ts';
import { parallelFigures, succeeded } from './parallel-figures.ts';
import type { ParallelFigures } from './parallel-figures.ts';
import type { parallelLimits } from './parallel-limits.ts';
import type { ParallelObservation } from './parallel-observation.ts';
import { tooBusy } from '../too-busy.ts';

type ParallelLimits = Limits<typeof parallelLimits>;

/** On a single core all can at best be as fast as one after the other, and pay for the changes between them. */
const ONE_CORE_ALLOWANCE = 1.25;

/**
 * With less of the cores than this, and late, they did not meet often enough to hurt each other, unless all of them were under
 * way for most of the time: who holds a lock and waits for a processor holds up the others all the more.
 */
const HARDLY_MET = 0.2;
const MOSTLY_AT_ONCE = 0.5;
/** Below this even that says nothing: what they need is lost in what they wait. */
const HARDLY_RAN = 0.05;

/**
 * Most of the runs at once must find every test (COL010), in time (COL001), and not be slower than one after the other
 * (COL011). A hang (COL006) is an error however many succeed; how the others failed is said, too.
 */
export function judgeParallel(observation: ParallelObservation, limits: ParallelLimits): Judgement {
  const { alone, together } = observation;
  const broken = alone.find((run) => !succeeded(run));
  if (broken !== undefined) return judgeAlone(broken);
  const findings = [...failureFindings(observation, limits)];
  const judged = [lateJudgement(observation, limits)];
  if (together.every(succeeded)) judged.push(slowJudgement(observation, limits));
  const inconclusive = judged.flatMap((part) => part.inconclusive ?? []);
  return {
    findings: [...findings, ...judged.flatMap((part) => part.findings)],
    ...(inconclusive.length === 0 ? {} : { inconclusive }),
  };
}

/** What fails even alone says nothing of several at once. */
function judgeAlone(broken: ParallelObservation['alone'][number]): Judgement {
  const finding = endedFinding(broken);
  return finding === undefined ? judgeTests(broken) : { findings: [finding] };
}

function failureFindings({ together }: ParallelObservation, limits: ParallelLimits): Finding[] {
  const failed = together.filter((run) => !succeeded(run));
  const details = failed.flatMap((run) => {
    const finding = endedFinding(run, run.outcome.kind === 'timed-out' ? 'error' : 'warning');
    return finding === undefined
      ? judgeTests(run).findings.map((lost): Finding => ({ ...lost, severity: 'warning' }))
      : [finding];
  });
  const share = (together.length - failed.length) / together.length;
  if (share > limits.minSuccess) return details;
  return [
    {
      code: 'COL010',
      severity: 'error',
      message: `${together.length - failed.length} of ${together.length} collections at once found every test; it must be more than ${percent(limits.minSuccess)}`,
      measured: { value: share, unit: 'ratio' },
      limit: { name: 'minSuccess', value: limits.minSuccess, unit: 'ratio', bound: 'least' },
      evidence: details.map((finding) => finding.message),
      cause: { text: 'alone, the same tree is collected: they hurt each other', certainty: 'likely' },
    },
    ...details,
  ];
}

function lateJudgement(observation: ParallelObservation, limits: ParallelLimits): Judgement {
  const { togetherMs, together, share } = observation;
  const allowed = allowedMs(limits.maxDuration, share);
  // What hung is said already: that it took long is no news.
  if (togetherMs < allowed || together.some((run) => run.outcome.kind === 'timed-out'))
    return { findings: [] };
  const message = `${together.length} collections at once took ${formatDuration(togetherMs)}; it must take less than ${formatDuration(allowed)}`;
  const { undisturbedMs } = parallelFigures(observation);
  if (undisturbedMs < allowed) return busy(message, undisturbedMs);
  return {
    findings: [
      {
        code: 'COL001',
        severity: 'error',
        message,
        measured: { value: togetherMs, unit: 'ms' },
        limit: { name: 'maxDuration', value: allowed, unit: 'ms', bound: 'most' },
        evidence: figuresEvidence(observation),
      },
    ],
  };
}

function slowJudgement(observation: ParallelObservation, limits: ParallelLimits): Judgement {
  const figures = parallelFigures(observation);
  const { sequentialMs, togetherMs, undisturbedMs, gotCores, cpuInflation, waiting } = figures;
  const findings: Finding[] = [];
  const raise = (
    name: keyof ParallelLimits,
    value: number,
    limit: number,
    message: string,
    cause: string,
  ): void => {
    findings.push({
      code: 'COL011',
      severity: 'error',
      message,
      measured: { value, unit: 'ratio' },
      limit: { name, value: limit, unit: 'ratio', bound: 'most' },
      evidence: figuresEvidence(observation),
      cause: { text: cause, certainty: 'likely' },
    });
  };
  const allowed = limits.maxSlowdown * (observation.cores < 2 ? ONE_CORE_ALLOWANCE : 1);
  const slowdown = undisturbedMs / sequentialMs;
  if (slowdown >= allowed) {
    const own = undisturbedMs < togetherMs ? `, ${formatDuration(undisturbedMs)} of it their own` : '';
    const message = `${observation.together.length} collections at once took ${formatDuration(togetherMs)}${own}, ${grouped(round(slowdown))} times as long as one after the other (${formatDuration(sequentialMs)}); it must be less than ${grouped(allowed)} times`;
    raise('maxSlowdown', slowdown, allowed, message, causeOf(figures));
  }
  if (waiting !== null && waiting >= limits.maxWaiting) {
    const message = `Among others, a collection stands still for ${percent(waiting)} of its time alone in addition; it must be less than ${percent(limits.maxWaiting)}`;
    raise(
      'maxWaiting',
      waiting,
      limits.maxWaiting,
      message,
      'they wait for a lock, a file or a server that one of them holds',
    );
  }
  if (cpuInflation >= limits.maxCpuInflation) {
    const message = `Among others, a collection needs ${grouped(round(cpuInflation))} times its processor time alone; it must be less than ${grouped(limits.maxCpuInflation)} times`;
    raise(
      'maxCpuInflation',
      cpuInflation,
      limits.maxCpuInflation,
      message,
      'they do work for each other, or poll for something',
    );
  }
  const atOnce = observation.allAtOnceMs / togetherMs;
  const met = gotCores >= HARDLY_MET || (gotCores >= HARDLY_RAN && atOnce >= MOSTLY_AT_ONCE);
  if (findings.length > 0 || togetherMs < allowed * sequentialMs || met) return { findings };
  return busy(
    `${observation.together.length} collections at once took ${formatDuration(togetherMs)} and had only ${percent(gotCores)} of the cores, so that they hardly ran at once`,
    undisturbedMs,
  );
}

function causeOf({ waiting, cpuInflation }: ParallelFigures): string {
  return waiting !== null && waiting > cpuInflation - 1
    ? 'they wait for something that one of them holds'
    : 'they need more processor time than alone';
}

function busy(message: string, undisturbedMs: number): Judgement {
  return tooBusy(
    message,
    `without the processes of others it would have been about ${formatDuration(undisturbedMs)}`,
  );
}

function figuresEvidence(observation: ParallelObservation): readonly string[] {
  const { aloneMs, cpuInflation, waiting } = parallelFigures(observation);
  const { together, alone, cores } = observation;
  const times = (runs: readonly { readonly wallMs: number }[]): string =>
    runs.map((run) => formatDuration(run.wallMs)).join(', ');
  return [
    `alone: ${times(alone)} (${formatDuration(aloneMs)} without waiting for a processor)`,
    `at once, on ${cores} cores: ${times(together)}`,
    `processor time of one among others: ${grouped(round(cpuInflation))} times that alone`,
    ...(waiting === null ? [] : [`standing still in addition: ${percent(waiting)} of its time alone`]),
  ];
}

const round = (value: number): number => Math.round(100 * value) / 100;
const percent = (share: number): string => `${Math.round(100 * share)} %`;
