import type { Finding, Judgement, Limits } from '@seaworthy/scenario';
import type { SandboxLimits } from '../../model/sandbox.ts';
import type { CombinedExhaustion, CombinedPart, ExerciseResult } from '../../model/exhaustion.ts';
import { bytesAsText, percentAsText, secondsAsText } from '../sandbox/amounts.ts';
import { judgeEnforcement } from '../sandbox/judge-enforcement.ts';
import type { ObservedSandbox } from '../sandbox/observed-sandbox.ts';
import type { limitsCombinedLimits } from './limits-combined-limits.ts';
import type { LimitsCombinedObservation } from './limits-combined-observation.ts';

type LimitsCombinedLimits = Limits<typeof limitsCombinedLimits>;

/** What must be in force before anything is pressed: all four together could take the machine otherwise. */
export const COMBINED_RESTS_ON: readonly (keyof SandboxLimits)[] = [
  'memoryBytes',
  'cpus',
  'descriptors',
  'diskBytes',
];

/** Who was killed comes first: then nothing else that is missing is a finding of its own. */
export function judgeLimitsCombined(
  { sandbox, run, keeperAlive }: LimitsCombinedObservation,
  limits: LimitsCombinedLimits,
): Judgement {
  const enforcement = judgeEnforcement(sandbox, COMBINED_RESTS_ON);
  if (enforcement.findings.length + enforcement.inconclusive.length > 0) return enforcement;
  if (run === null) return { findings: [], inconclusive: ['No pressure was made.'] };
  const isKilled = run.outcome === 'killed' || run.deaths.length > 0 || (killsIn(run) ?? 0) > 0;
  if (isKilled || !keeperAlive) return { findings: [killed(run, sandbox)] };
  const findings = [...noControl(run, limits), ...notRecovered(run, limits), ...broken(run)];
  const pressure = pressureOf(run, sandbox, limits);
  return {
    findings: [...findings, ...pressure.findings],
    inconclusive: [...pressure.inconclusive, ...notMeasured(run, sandbox)],
  };
}

/** Processes that the kernel killed for memory meanwhile; `undefined` where it was not counted. */
export function killsIn({ killsBefore, killsAfter }: CombinedExhaustion): number | undefined {
  return killsBefore === undefined || killsAfter === undefined ? undefined : killsAfter - killsBefore;
}

function partAsText(part: CombinedPart): string {
  const amount = (value: number | undefined): string =>
    value === undefined ? 'an unknown level' : known(value);
  const known = (value: number): string =>
    part.part === 'memory' || part.part === 'disk'
      ? bytesAsText(value)
      : part.part === 'cpu'
        ? `${Number(value.toFixed(2))} cores`
        : String(Math.round(value));
  const level = part.held === undefined ? 'never held' : `${amount(part.held.mean)} held`;
  return `${part.part}: ${amount(part.before)} before, ${level} of ${amount(part.target)} aimed for, ${amount(part.afterwards)} afterwards${part.problem === undefined ? '' : ` (${part.problem})`}`;
}

const evidenceOf = (run: CombinedExhaustion, { name, tier }: ObservedSandbox): string[] => [
  `in ${name} (tier ${tier}), all at once for ${secondsAsText(run.overlapMs)}`,
  ...run.parts.map(partAsText),
];

function killed(run: CombinedExhaustion, sandbox: ObservedSandbox): Finding {
  const forMemory = killsIn(run) ?? 0;
  const kills = Math.max(forMemory, run.deaths.length, 1);
  return {
    code: 'LIM040',
    severity: 'error',
    message: `${kills} ${kills === 1 ? 'process was' : 'processes were'} killed while every resource was below its limit`,
    measured: { value: kills, unit: 'count' },
    limit: { name: 'kills', value: 0, unit: 'count', bound: 'most' },
    evidence: [
      ...evidenceOf(run, sandbox),
      `the kernel's count of kills for memory went from ${run.killsBefore ?? '?'} to ${run.killsAfter ?? '?'}`,
      ...run.deaths.map(
        ({ atMs, heldBytes, ending }) =>
          `after ${Math.round(atMs)} ms one ${heldBytes === 0 ? '' : `that held ${bytesAsText(heldBytes)} `}ended with ${ending.signal ?? `code ${ending.code}`}`,
      ),
    ],
    cause:
      forMemory > 0
        ? {
            text: 'memory and the places in memory (tmpfs) are more together than the memory limit',
            certainty: 'likely',
          }
        : {
            text:
              killsIn(run) === undefined
                ? 'a process ended, and kills for memory cannot be counted here'
                : 'a process ended, and no kill for memory was counted',
            certainty: 'unknown',
          },
    ...(forMemory > 0
      ? {
          fix: {
            text: 'Set `mem_limit` above the sum of what processes need, all tmpfs sizes and `shm_size`',
          },
        }
      : {}),
  };
}

/**
 * Questions to the keeper must be answered in time (one that waits counts for as long as it waits), and the process without
 * descriptors must see how it is by those it has in reserve; that is asked once all are at their levels.
 */
function noControl(
  { control, duringOverlap, outcome }: CombinedExhaustion,
  { maxAnswer }: LimitsCombinedLimits,
): Finding[] {
  if (control.asked === 0) return []; // Nothing was held, which is told as that.
  const slowestMs = Math.max(control.slowestMs, duringOverlap.answerMs);
  const isBlind = outcome === 'held' && !(duringOverlap.answered && duringOverlap.reservedRead);
  if (!isBlind && slowestMs <= maxAnswer) return [];
  return [
    {
      code: 'LIM041',
      severity: 'error',
      message: isBlind
        ? 'During the pressure, the process without descriptors could not even look at how it is'
        : `A control question was answered after ${Math.round(slowestMs)} ms or more; it must be at most ${maxAnswer} ms`,
      ...(isBlind
        ? {}
        : {
            measured: { value: slowestMs, unit: 'ms' as const },
            limit: { name: 'maxAnswer', value: maxAnswer, unit: 'ms' as const, bound: 'most' as const },
          }),
      evidence: [
        `${control.answered} of ${control.asked} control questions were answered, the slowest after ${Math.round(control.slowestMs)} ms`,
        `the process itself: ${asText(duringOverlap)}`,
      ],
      cause: isBlind
        ? { text: 'no descriptor was kept in reserve for control', certainty: 'certain' }
        : { text: 'control waits behind the work for its share of the quota', certainty: 'likely' },
      fix: {
        text: 'Open what control needs at the start and keep one descriptor in reserve; or let a process of its own answer',
      },
    },
  ];
}

function notRecovered(run: CombinedExhaustion, { minRecovered }: LimitsCombinedLimits): Finding[] {
  const { recoveredMs } = run;
  const parts = run.parts.filter(isMeasured);
  const back = parts.filter(({ recovered }) => recovered).length;
  const share = parts.length === 0 ? 100 : (back / parts.length) * 100;
  if (share > minRecovered) return [];
  return [
    {
      code: 'LIM042',
      severity: 'error',
      message: `${back} of ${parts.length} resources were back after the pressure; it must be more than ${percentAsText(minRecovered)}`,
      measured: { value: share, unit: 'percent' },
      limit: { name: 'minRecovered', value: minRecovered, unit: 'percent', bound: 'least' },
      evidence: [
        `looked at for ${Math.round(recoveredMs)} ms`,
        ...parts.filter(({ recovered }) => !recovered).map(partAsText),
      ],
      cause: { text: 'something in the sandbox keeps what it took', certainty: 'likely' },
      fix: {
        text: 'End the processes that keep it; limits/memory, limits/cpu, limits/descriptors and limits/disk tell more about each',
      },
    },
  ];
}

/** Its level is known from before and from afterwards. */
function isMeasured({ before, afterwards }: CombinedPart): boolean {
  return before !== undefined && afterwards !== undefined;
}

function notMeasured({ parts }: CombinedExhaustion, { name }: ObservedSandbox): string[] {
  const blind = parts.filter((part) => !isMeasured(part));
  if (blind.length === 0) return [];
  return [`Whether it came back could not be measured in ${name}: ${blind.map(partAsText).join('; ')}.`];
}

const EVERYDAY = {
  openFile: 'open a file',
  spawn: 'start a program',
  importModule: 'import a module',
} as const;

/** Nothing may have been broken for good. */
function broken({ duringOverlap, afterwards }: CombinedExhaustion): Finding[] {
  const names = Object.keys(EVERYDAY) as (keyof typeof EVERYDAY)[];
  const failed = [
    ...(afterwards.answered ? [] : ['answer']),
    ...names.filter((name) => !afterwards[name]).map((name) => EVERYDAY[name]),
  ];
  if (failed.length === 0) return [];
  return [
    {
      code: 'LIM043',
      severity: 'error',
      message: `After the pressure, the process could not ${failed.join(', ')}`,
      evidence: [`during the pressure: ${asText(duringOverlap)}`, `afterwards: ${asText(afterwards)}`],
      cause: { text: 'a resource that everyday things need is not back', certainty: 'likely' },
      fix: {
        text: 'Let a process that has met such an error end and start anew: `restart: on-failure` in the compose file',
      },
    },
  ];
}

function asText(exercise: ExerciseResult): string {
  return `reserve ${exercise.reservedRead ? 'read' : 'not read'}, file ${exercise.openFile ? 'opened' : 'refused'}, program ${exercise.spawn ? 'started' : 'refused'}, module ${exercise.importModule ? 'imported' : 'refused'}`;
}

/** Too few levels by a refusal are a finding; too few, or too short, for want of time say nothing. */
function pressureOf(
  run: CombinedExhaustion,
  sandbox: ObservedSandbox,
  limits: LimitsCombinedLimits,
): Required<Judgement> {
  const reached = run.parts.filter((part) => part.reached);
  const refused = run.parts.filter((part) => !part.reached && part.problem !== undefined);
  if (reached.length < limits.minReached && refused.length > 0 && run.outcome === 'refused') {
    return {
      findings: [
        {
          code: 'LIM044',
          severity: 'error',
          message: `Only ${reached.length} of ${run.parts.length} resources came to their level at the same time; it must be ${limits.minReached}`,
          measured: { value: reached.length, unit: 'count' },
          limit: { name: 'minReached', value: limits.minReached, unit: 'count', bound: 'least' },
          evidence: evidenceOf(run, sandbox),
          cause: {
            text: refused.map(({ part, problem }) => `${part}: ${problem}`).join('; '),
            certainty: 'certain',
          },
          fix: { text: 'Raise the limit that was met first' },
        },
      ],
      inconclusive: [],
    };
  }
  const missing = run.parts.filter((part) => !part.reached);
  if (missing.length > 0) {
    return {
      findings: [],
      inconclusive: [
        `The pressure was not reached (${run.outcome}): ${missing.map(partAsText).join('; ')} in ${sandbox.name}.`,
      ],
    };
  }
  if (run.overlapMs < limits.minOverlap) {
    return {
      findings: [],
      inconclusive: [
        `All resources were at their levels together for ${secondsAsText(run.overlapMs)} only, and not ${secondsAsText(limits.minOverlap)} (${run.outcome}): ${run.parts.map(partAsText).join('; ')}.`,
      ],
    };
  }
  return { findings: [], inconclusive: [] };
}
