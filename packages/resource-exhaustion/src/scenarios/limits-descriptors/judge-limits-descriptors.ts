import type { Finding, Judgement, Limits } from '@seaworthy/scenario';
import type { DescriptorExhaustion, ExerciseResult } from '../../model/exhaustion.ts';
import { judgeEnforcement } from '../sandbox/judge-enforcement.ts';
import type { ObservedSandbox } from '../sandbox/observed-sandbox.ts';
import type { limitsDescriptorsLimits } from './limits-descriptors-limits.ts';
import type { LimitsDescriptorsObservation } from './limits-descriptors-observation.ts';

type LimitsDescriptorsLimits = Limits<typeof limitsDescriptorsLimits>;

const LIMIT_OF_1024 = '`ulimits: {nofile: 1024}` in the compose file, `docker run --ulimit nofile=1024:1024`';

/** The first round that is wrong is told; what stays open is counted over all of them. */
export function judgeLimitsDescriptors(
  { sandbox, mostDescriptors, rounds }: LimitsDescriptorsObservation,
  limits: LimitsDescriptorsLimits,
): Judgement {
  const enforcement = judgeEnforcement(sandbox, ['descriptors']);
  if (enforcement.findings.length + enforcement.inconclusive.length > 0) return enforcement;
  const limit = sandbox.effective.descriptors ?? 0;
  const most = Math.min(limits.maxLimit, mostDescriptors);
  if (limit > most) return { findings: [tooHigh(limit, most, sandbox)] };
  if (rounds === null) return { findings: [], inconclusive: ['No descriptors were taken.'] };
  const stopped = rounds.find(
    ({ outcome }) => outcome === 'timeout' || outcome === 'interrupted' || outcome === 'killed',
  );
  if (stopped !== undefined) {
    return {
      findings: [],
      inconclusive: [
        `Only ${openAt(stopped)} of ${limit} descriptors were opened (${stopped.outcome}) in ${sandbox.name}.`,
      ],
    };
  }
  const left = notReturnedIn(rounds);
  return {
    findings: [
      ...firstOf(rounds, (run, round) => notAtLimit(run, round, limit, sandbox)),
      ...firstOf(rounds, (run, round) => noAnswer(run, round, limits)),
      ...(left === undefined ? [] : notReturned(rounds, left, limits)),
      ...firstOf(rounds, notUsable),
    ],
    ...(left === undefined
      ? { inconclusive: [`Nobody could count what stayed open in ${sandbox.name}.`] }
      : {}),
  };
}

/** Counted from outside: by this machine where it sees the process, else by the keeper; else the process's own count. */
export function openAt(run: DescriptorExhaustion): number {
  return run.gaugeAtHeight ?? run.openAtHeight ?? run.base + run.opened;
}

/** Open over the base of the first round after the last one, or what all rounds say together; `undefined` where nobody counted one. */
export function notReturnedIn(rounds: readonly DescriptorExhaustion[]): number | undefined {
  const last = rounds.at(-1)?.openAfterwards;
  const base = rounds[0]?.base;
  const counted = last === undefined || base === undefined ? 0 : last - base;
  let sum = 0;
  for (const { notReturned: left } of rounds) {
    if (left === undefined) return undefined;
    sum += Math.max(0, left);
  }
  return Math.max(counted, sum);
}

function firstOf(
  rounds: readonly DescriptorExhaustion[],
  check: (run: DescriptorExhaustion, round: number) => Finding | undefined,
): Finding[] {
  for (const [index, run] of rounds.entries()) {
    const finding = check(run, index + 1);
    if (finding !== undefined) return [finding];
  }
  return [];
}

function tooHigh(limit: number, most: number, sandbox: ObservedSandbox): Finding {
  return {
    code: 'LIM024',
    severity: 'error',
    message: `The limit of open files is ${limit}: memory ends before it does. It must be at most ${most}`,
    measured: { value: limit, unit: 'count' },
    limit: { name: 'maxLimit', value: most, unit: 'count', bound: 'most' },
    evidence: [`in force in ${sandbox.name} (tier ${sandbox.tier})`],
    cause: { text: "the engine's default, or a value that means `no limit`", certainty: 'likely' },
    fix: { text: `Set one that can be reached: ${LIMIT_OF_1024}` },
  };
}

function notAtLimit(
  run: DescriptorExhaustion,
  round: number,
  limit: number,
  sandbox: ObservedSandbox,
): Finding | undefined {
  const open = openAt(run);
  if (run.error === 'EMFILE' && open === limit) return undefined;
  return {
    code: 'LIM020',
    severity: 'error',
    message:
      run.error === undefined
        ? `${open} descriptors were open under a limit of ${limit}, and none was refused`
        : `Opening files was refused with ${run.error} at ${open} open descriptors; the limit is ${limit}`,
    measured: { value: open, unit: 'count' },
    limit: { name: 'descriptors', value: limit, unit: 'count', bound: open > limit ? 'most' : 'least' },
    evidence: [
      `round ${round} in ${sandbox.name} (tier ${sandbox.tier}): ${run.base} were open before, ${run.opened} were opened`,
    ],
    cause:
      run.error === undefined || run.error === 'EMFILE'
        ? { text: 'the process has another limit than the one that was read back', certainty: 'likely' }
        : { text: `something else ends first: ${run.error}`, certainty: 'certain' },
    fix: { text: `Set soft and hard limit alike: ${LIMIT_OF_1024}` },
  };
}

function noAnswer(
  { atHeight }: DescriptorExhaustion,
  round: number,
  { maxAnswer }: LimitsDescriptorsLimits,
): Finding | undefined {
  if (atHeight.answered && atHeight.reservedRead && atHeight.answerMs <= maxAnswer) return undefined;
  const late = atHeight.answered && atHeight.reservedRead;
  return {
    code: 'LIM021',
    severity: 'error',
    message: late
      ? `With no descriptor left, an answer took ${Math.round(atHeight.answerMs)} ms; it must take at most ${maxAnswer} ms`
      : 'With no descriptor left, the process could not even look at how it is',
    ...(late
      ? {
          measured: { value: atHeight.answerMs, unit: 'ms' as const },
          limit: { name: 'maxAnswer', value: maxAnswer, unit: 'ms' as const, bound: 'most' as const },
        }
      : {}),
    evidence: [`round ${round}: ${exerciseAsText(atHeight)}`],
    cause: { text: 'no descriptor was kept in reserve for control', certainty: late ? 'unknown' : 'certain' },
    ...(late
      ? {}
      : {
          fix: {
            text: 'Open what control needs at the start: the log, the control socket, one more to give up when EMFILE comes',
          },
        }),
  };
}

function notReturned(
  rounds: readonly DescriptorExhaustion[],
  left: number,
  { maxNotReturned }: LimitsDescriptorsLimits,
): Finding[] {
  if (left <= maxNotReturned) return [];
  const opened = rounds.reduce((sum, run) => sum + run.opened, 0);
  return [
    {
      code: 'LIM022',
      severity: 'error',
      message: `${left} of ${opened} descriptors stayed open after all were given back; at most ${maxNotReturned} may`,
      measured: { value: left, unit: 'count' },
      limit: { name: 'maxNotReturned', value: maxNotReturned, unit: 'count', bound: 'most' },
      evidence: rounds.map(
        (run, index) =>
          `round ${index + 1}: ${run.base} before, ${openAt(run)} at the height, ${run.openAfterwards ?? '?'} afterwards`,
      ),
      cause: { text: `about one in ${Math.round(opened / left)} is not closed`, certainty: 'certain' },
      fix: {
        text: 'Open in `with` blocks; `python -X dev -W error::ResourceWarning -m pytest` names each place that does not close',
      },
    },
  ];
}

function notUsable({ afterwards }: DescriptorExhaustion, round: number): Finding | undefined {
  const broken = [
    ...(afterwards.answered ? [] : ['answer']),
    ...(afterwards.openFile ? [] : ['open a file']),
    ...(afterwards.spawn ? [] : ['start a program']),
    ...(afterwards.importModule ? [] : ['import a module']),
  ];
  if (broken.length === 0) return undefined;
  return {
    code: 'LIM023',
    severity: 'error',
    message: `After the descriptors were given back, the process could not ${broken.join(', ')}`,
    evidence: [`round ${round}: ${exerciseAsText(afterwards)}`],
    cause: {
      text: 'having been at the limit broke it, or the descriptors are not back',
      certainty: 'likely',
    },
    fix: {
      text: 'Let a process that has met EMFILE end and start anew: `restart: on-failure` in the compose file',
    },
  };
}

function exerciseAsText(exercise: ExerciseResult): string {
  const words = {
    answered: 'answer',
    reservedRead: 'read on a descriptor in reserve',
    openFile: 'open a file',
    spawn: 'start a program',
    importModule: 'import a module',
  };
  return Object.entries(words)
    .map(([name, text]) => `${text}: ${exercise[name as keyof typeof words] ? 'yes' : 'no'}`)
    .join(', ');
}
