import type { Finding, Judgement, Limits } from '@seaworthy/scenario';
import { counted, formatDuration } from '../../formats/quantity.ts';
import { describeEnd } from '../collect/ended-finding.ts';
import { othersHadIt, tooBusy } from '../too-busy.ts';
import { failedToShowIt } from './failed-to-show.ts';
import type { interruptionLimits } from './interruption-limits.ts';
import type { InterruptedRun, InterruptionObservation, ObservedRun } from './interruption-observation.ts';

type InterruptionLimits = Limits<typeof interruptionLimits>;

const SHOWN = 8;

/** A run that is interrupted has to stop at once, and the next one has to find what an undisturbed one finds. */
export function judgeInterruption(
  observation: InterruptionObservation,
  limits: InterruptionLimits,
): Judgement {
  const { undisturbed, interrupted, missed } = observation;
  if (interrupted === null) return { findings: [brokenFinding('undisturbed', undisturbed)] };
  if (interrupted.met !== 'collection') {
    const when = interrupted.met === 'too-early' ? 'before it began' : 'when it was over';
    return {
      findings: [],
      inconclusive: [
        `SIGINT came ${when} in each of ${counted(missed, 'attempt')} to interrupt the collection, last after ${Math.round(interrupted.afterMs)} ms: the machine is too busy to aim`,
      ],
    };
  }
  if (failedToShowIt(interrupted.outcome)) {
    return {
      findings: [],
      inconclusive: [
        `pytest ${observation.pytest} stopped, but broke down while it printed where it was interrupted, ${counted(observation.unshown, 'time')} in a row: newer ones do not`,
      ],
    };
  }
  const isBusy = wasLateForOthers(interrupted, limits);
  return {
    findings: [
      ...(isBusy ? [] : stopFinding(interrupted, observation.ignored, limits)),
      ...leftBehindFinding(interrupted, limits),
      ...bytecodeFinding(observation),
      ...againFinding(observation),
      ...exitFinding(observation),
    ],
    ...(isBusy
      ? {
          inconclusive:
            tooBusy(
              `pytest stopped only ${formatDuration(interrupted.stopMs ?? 0)} after SIGINT`,
              othersHadIt(interrupted.waitedForCpuMs ?? null),
            ).inconclusive ?? [],
        }
      : {}),
  };
}

/** It stopped by itself, and in time had it not waited for a processor. */
function wasLateForOthers(run: InterruptedRun, { maxStop }: InterruptionLimits): boolean {
  const { outcome, wentOn, stopMs, waitedForCpuMs } = run;
  if (outcome.kind !== 'interrupted' || wentOn || stopMs === null || stopMs < maxStop) return false;
  return stopMs - (waitedForCpuMs ?? 0) < maxStop;
}

const cameToItsEnd = ({ outcome }: ObservedRun): boolean =>
  outcome.kind === 'finished' || outcome.kind === 'errors' || outcome.kind === 'nothing-collected';

function stopFinding(
  interrupted: InterruptedRun,
  ignored: number,
  { maxStop }: InterruptionLimits,
): Finding[] {
  const { outcome, stopMs, tests, exit } = interrupted;
  if (interrupted.wentOn) {
    return [
      {
        code: 'COL041',
        severity: 'error',
        message: `SIGINT was ignored, ${counted(ignored, 'time')} in a row: pytest went on, ${
          tests === null
            ? 'and had to be killed'
            : `found ${counted(tests, 'test')} and exited with ${exit.code ?? exit.signal}`
        }`,
        ...(stopMs === null ? {} : { measured: { value: stopMs, unit: 'ms' } }),
        evidence: evidenceOf(interrupted),
        cause: {
          text: 'a module, conftest or plugin catches KeyboardInterrupt (`except:`, `except BaseException:`), or has changed what SIGINT does',
          certainty: 'likely',
        },
        fix: {
          text: 'Catch `Exception` instead, and set a handler of signals back when it has done its work',
        },
      },
    ];
  }
  if (outcome.kind !== 'interrupted' && outcome.kind !== 'timed-out')
    return [brokenFinding('interrupted', interrupted)];
  if (outcome.kind === 'interrupted' && (stopMs ?? 0) < maxStop)
    return tests === null ? [] : [takenForError(interrupted)];
  const killed = outcome.kind === 'timed-out';
  const waits = killed ? outcome.waitsFor : undefined;
  return [
    {
      code: 'COL040',
      severity: 'error',
      message: `pytest ${killed ? 'had not stopped' : 'stopped only'} ${((stopMs ?? 0) / 1000).toFixed(1)} s after SIGINT${killed ? ' and was killed' : ''}; it must stop within ${maxStop / 1000} s`,
      measured: { value: stopMs ?? 0, unit: 'ms' },
      limit: { name: 'maxStop', value: maxStop, unit: 'ms', bound: 'most' },
      evidence: [...(killed ? describeEnd(outcome, 0).evidence : []), ...evidenceOf(interrupted)],
      cause:
        waits === undefined
          ? {
              text: 'a thread that is no daemon, a long call of C code, or an atexit function',
              certainty: 'likely',
            }
          : { text: `it waited for ${waits}`, certainty: 'certain' },
      fix: { text: 'Make threads that tests start daemons, or end them in a fixture; give waits a time-out' },
    },
  ];
}

/** What pytest itself did before version 8.2: in time for a small tree, not for a large one. */
function takenForError({ tests }: InterruptedRun): Finding {
  return {
    code: 'COL041',
    severity: 'warning',
    message: `SIGINT was taken for an error of one file: pytest went on with the others, found ${counted(tests ?? 0, 'test')}, and only then stopped`,
    cause: {
      text: 'pytest before 8.2 does so with a Ctrl-C that comes while a test file is imported',
      certainty: 'likely',
    },
    fix: { text: 'Upgrade to pytest 8.2 or newer' },
  };
}

function leftBehindFinding({ leftBehind }: InterruptedRun, { maxLeftBehind }: InterruptionLimits): Finding[] {
  if (leftBehind.length <= maxLeftBehind) return [];
  return [
    {
      code: 'COL043',
      severity: 'error',
      message: `${counted(leftBehind.length, 'process', 'processes')} outlived a run that was interrupted`,
      measured: { value: leftBehind.length, unit: 'count' },
      limit: { name: 'maxLeftBehind', value: maxLeftBehind, unit: 'count', bound: 'most' },
      evidence: leftBehind.slice(0, SHOWN),
      cause: {
        text: 'a conftest or plugin starts a process and does not end it when pytest is interrupted',
        certainty: 'likely',
      },
      fix: {
        text: 'Start processes in a fixture that ends them after its yield, never when a conftest is imported',
      },
    },
  ];
}

function bytecodeFinding({ bytecode, again, interrupted }: InterruptionObservation): Finding[] {
  if (bytecode === null || again === null) return [];
  const { broken, drafts } = bytecode;
  const isUnused =
    (interrupted?.bytecode.written ?? 0) > 0 && again.bytecode.hits === 0 && cameToItsEnd(again);
  if (broken.length === 0 && !isUnused) return draftsFinding(drafts);
  return [
    {
      code: 'COL044',
      severity: 'error',
      message:
        broken.length > 0
          ? `A run that was interrupted left ${counted(broken.length, 'bytecode file')} that Python cannot load`
          : 'The bytecode of a run that was interrupted is of no use to the next one',
      measured: { value: broken.length, unit: 'count' },
      evidence: [
        ...broken.slice(0, SHOWN).map(({ path, message }) => `${path}: ${message}`),
        ...(cameToItsEnd(again) ? [] : [`the next run: ${describeAnyEnd(again).message}`]),
      ],
      cause: {
        text: 'something writes bytecode in place instead of renaming what is finished',
        certainty: 'likely',
      },
      fix: { text: 'Remove the __pycache__ folders, and look for plugins that compile' },
    },
  ];
}

/** pytest itself leaves one when it is interrupted in the instant between writing and renaming. */
function draftsFinding(drafts: readonly string[]): Finding[] {
  if (drafts.length === 0) return [];
  return [
    {
      code: 'COL044',
      severity: 'warning',
      message: `A run that was interrupted left ${counted(drafts.length, 'half-written bytecode file')} behind, which ${drafts.length === 1 ? 'does' : 'do'} no harm`,
      measured: { value: drafts.length, unit: 'count' },
      evidence: drafts.slice(0, SHOWN),
      cause: { text: 'it was stopped between writing a file and renaming it', certainty: 'certain' },
      fix: {
        text: 'Nobody reads them, and nobody removes them: delete `*.pyc.*` in the __pycache__ folders',
      },
    },
  ];
}

function againFinding({ undisturbed, again, bytecode }: InterruptionObservation): Finding[] {
  if (again === null || (again.outcome.kind === 'finished' && again.hash === undisturbed.hash)) return [];
  // That it cannot be loaded is said already.
  if (!cameToItsEnd(again) && (bytecode?.broken.length ?? 0) > 0) return [];
  const failed = again.outcome.kind !== 'finished';
  return [
    {
      code: 'COL042',
      severity: 'error',
      message: failed
        ? `The run after one that was interrupted fails: ${describeAnyEnd(again).message}`
        : `The run after one that was interrupted finds other tests: ${again.tests ?? 'none'} instead of ${undisturbed.tests ?? 'none'}`,
      ...(again.tests === null ? {} : { measured: { value: again.tests, unit: 'count' } }),
      evidence: [
        `undisturbed: ${undisturbed.tests ?? 'no'} tests, hash of their names ${undisturbed.hash ?? 'unknown'}`,
        `after the interruption: ${again.tests ?? 'no'} tests, ${again.hash ?? 'unknown'}`,
        ...(failed ? describeAnyEnd(again).evidence : []),
      ],
      cause: {
        text: 'something that the interrupted run left (a cache, a marker, a lock) changes what is collected',
        certainty: 'likely',
      },
      fix: {
        text: "Clear pytest's cache (`--cache-clear`), and write caches only when a run has come to its end",
      },
    },
  ];
}

function exitFinding({ exits }: InterruptionObservation): Finding[] {
  const wrong = exits.filter(({ means, told }) => means !== told);
  if (wrong.length === 0) return [];
  return [
    {
      code: 'COL046',
      severity: 'error',
      message: `${counted(wrong.length, 'end')} of pytest could not be told for what it was`,
      measured: { value: wrong.length, unit: 'count' },
      evidence: exits.map(
        ({ means, told, code, signal }) =>
          `${means}: exit ${code ?? signal}, taken for ${told === 'other' ? 'something else' : told}`,
      ),
      cause: {
        text: 'a plugin or conftest changes what pytest reports, or its exit status',
        certainty: 'likely',
      },
      fix: {
        text: 'Leave out plugins one by one (`-p no:NAME`), and look for hooks that change reports or exit codes',
      },
    },
  ];
}

function brokenFinding(which: 'undisturbed' | 'interrupted', run: ObservedRun): Finding {
  const { message, evidence, cause } = describeAnyEnd(run);
  return {
    code: 'COL045',
    severity: 'error',
    message: which === 'undisturbed' ? `Even undisturbed: ${message}` : `When it was interrupted: ${message}`,
    evidence: [...evidence, ...evidenceOf(run)],
    ...(cause === undefined ? {} : { cause }),
  };
}

function describeAnyEnd({ outcome }: ObservedRun): ReturnType<typeof describeEnd> {
  if (outcome.kind === 'finished') return { message: 'it finished', evidence: [] };
  if (outcome.kind === 'nothing-collected') return { message: 'no test was collected', evidence: [] };
  return describeEnd(outcome, outcome.kind === 'errors' ? outcome.errors.length : 0);
}

function evidenceOf({ threads, printed }: ObservedRun): readonly string[] {
  const last = printed.trimEnd().split('\n').at(-1) ?? '';
  return [
    ...(threads.length === 0 ? [] : [`threads at the end: ${threads.join(', ')}`]),
    ...(last === '' ? [] : [`last printed: ${last}`]),
  ];
}
