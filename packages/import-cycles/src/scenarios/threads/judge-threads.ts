import type { Finding, Judgement, Limits, SourceLocation } from '@seaworthy/scenario';
import { shareOf } from '../statistics/share-interval.ts';
import { stacksOf } from './stacks-of.ts';
import type { threadsLimits } from './threads-limits.ts';
import type { ThreadState, ThreadsObservation, Trial } from './threads-observation.ts';

type ThreadsLimits = Limits<typeof threadsLimits>;

/**
 * Trials whose threads never finish count together, whatever they wait for; the code says which kind was seen. A
 * single one is worth a warning, since it is a proof and no estimate.
 */
export function judgeThreads(observation: ThreadsObservation, limits: ThreadsLimits): Judgement {
  const { trials } = observation;
  const deadlocked = trials.filter((trial) => trial.outcome === 'deadlock');
  const stuck = trials.filter((trial) => trial.outcome === 'stuck' || trial.outcome === 'silent');
  const share = shareOf(deadlocked.length + stuck.length, trials.length);
  const met = shareOf(trials.filter((trial) => trial.met).length, trials.length);
  const findings: Finding[] = [];
  const inconclusive: string[] = [];
  const severity = share.value >= limits.maxDeadlocks && !isOpen(share, limits) ? 'error' : 'warning';
  for (const [code, those, what] of [
    ['IMP041', deadlocked, 'deadlock'],
    ['IMP042', stuck, 'do not finish'],
  ] as const) {
    if (those.length > 0)
      findings.push(hungFinding(code, severity, what, those, observation, share.value, limits));
  }
  findings.push(...errorFindings(observation, limits));
  if (observation.durationMs >= limits.maxDuration) findings.push(slowFinding(observation, limits));
  if (isOpen(share, limits)) {
    inconclusive.push(
      `${share.value.toFixed(1)} % of ${trials.length} trials hung: the 95 % interval ${share.low.toFixed(1)}-${share.high.toFixed(1)} % contains the limit of ${limits.maxDeadlocks} %`,
    );
  }
  if (!(met.value >= limits.minMeetings)) {
    inconclusive.push(
      `Threads met in an import in only ${met.value.toFixed(0)} % of ${trials.length} trials, ${limits.minMeetings} % are needed`,
    );
  }
  return { findings, ...(inconclusive.length > 0 ? { inconclusive } : {}) };
}

/** Where nothing ever hung the upper end alone decides nothing: then only the number of trials counts, which `met` judges. */
const isOpen = (share: { value: number; low: number; high: number }, limits: ThreadsLimits): boolean =>
  share.value > 0 && share.low < limits.maxDeadlocks && share.high >= limits.maxDeadlocks;

function hungFinding(
  code: 'IMP041' | 'IMP042',
  severity: Finding['severity'],
  what: string,
  those: readonly Trial[],
  { trials }: ThreadsObservation,
  percent: number,
  limits: ThreadsLimits,
): Finding {
  const example = those.find((trial) => trial.threads.length > 0) ?? those[0];
  const hung = example?.threads.filter((thread) => !thread.finished) ?? [];
  const first = hung.find((thread) => thread.inRing) ?? hung[0];
  const location = locationOf(first);
  const ring = hung.filter((thread) => thread.inRing);
  return {
    code,
    severity,
    message: `The threads of ${those.length} of ${trials.length} trials ${what} (${percent.toFixed(1)} % hang in all; it must stay below ${limits.maxDeadlocks} %)`,
    measured: { value: percent, unit: 'percent' },
    limit: { name: 'maxDeadlocks', value: limits.maxDeadlocks, unit: 'percent', bound: 'most' },
    ...(location === undefined ? {} : { location }),
    evidence: example?.failure === undefined ? stacksOf(hung) : [example.failure],
    cause:
      ring.length > 0
        ? {
            text: ring
              .map((thread) => `${thread.name} waits for the ${thread.waitsFor}, held by ${thread.heldBy}`)
              .join('; '),
            certainty: 'certain',
          }
        : {
            text: 'a thread waits for something that no other thread is going to do',
            certainty: first === undefined ? 'unknown' : 'likely',
          },
    ...(first === undefined
      ? {}
      : {
          fix: {
            text:
              ring.length > 0
                ? 'Do not import while a lock is held: move the import above the `with` statement, or to the top of the module'
                : 'Give the wait a timeout, or make sure that the thread it waits for is started outside the import',
            ...(location === undefined ? {} : { location }),
          },
        }),
  };
}

function locationOf(thread: ThreadState | undefined): SourceLocation | undefined {
  const innermost = thread?.stack.at(-1);
  return innermost === undefined ? undefined : { path: innermost.path, line: innermost.line };
}

function errorFindings({ trials }: ThreadsObservation, limits: ThreadsLimits): Finding[] {
  const failed = trials.flatMap((trial) => trial.threads.filter((thread) => thread.error !== null));
  const error = failed[0]?.error;
  if (error === undefined || error === null || failed.length <= limits.maxErrors) return [];
  const location =
    error.path === null
      ? undefined
      : { path: error.path, ...(error.line === null ? {} : { line: error.line }) };
  const half = error.message.includes('partially initialized');
  return [
    {
      code: 'IMP043',
      severity: 'error',
      message: `${failed.length} threads in ${trials.length} trials died of ${error.type}: ${error.message}`,
      measured: { value: failed.length, unit: 'count' },
      limit: { name: 'maxErrors', value: limits.maxErrors, unit: 'count', bound: 'most' },
      ...(location === undefined ? {} : { location }),
      evidence: [
        ...new Set(failed.map((thread) => `${thread.name}: ${thread.error?.type}: ${thread.error?.message}`)),
      ].slice(0, 8),
      cause: half
        ? {
            text: 'CPython broke a deadlock of two import locks by handing out a module that is only half initialised',
            certainty: 'certain',
          }
        : { text: `${error.type} in a thread`, certainty: 'unknown' },
      ...(half
        ? {
            fix: {
              text: 'Put the import that closes the circle below everything that the module defines, or into a function',
              ...(location === undefined ? {} : { location }),
            },
          }
        : {}),
    },
  ];
}

function slowFinding({ durationMs, trials }: ThreadsObservation, limits: ThreadsLimits): Finding {
  return {
    code: 'IMP044',
    severity: 'error',
    message: `${trials.length} trials took ${(durationMs / 1000).toFixed(1)} s; they must take less than ${limits.maxDuration / 1000} s`,
    measured: { value: durationMs, unit: 'ms' },
    limit: { name: 'maxDuration', value: limits.maxDuration, unit: 'ms', bound: 'most' },
    cause: { text: 'starting an interpreter is slow here, or its threads are', certainty: 'unknown' },
  };
}
