import type { Finding, Judgement, Limits } from '@seaworthy/scenario';
import { isContended } from '../../cpu/contention.ts';
import { percentAsText, secondsAsText } from '../sandbox/amounts.ts';
import { judgeEnforcement } from '../sandbox/judge-enforcement.ts';
import type { ObservedSandbox } from '../sandbox/observed-sandbox.ts';
import type { limitsCpuLimits } from './limits-cpu-limits.ts';
import type { CpuLevel, LimitsCpuObservation } from './limits-cpu-observation.ts';

type LimitsCpuLimits = Limits<typeof limitsCpuLimits>;

/** Means against levels; a mean below its level on a busy machine says nothing. */
export function judgeLimitsCpu(
  { sandbox, levels }: LimitsCpuObservation,
  limits: LimitsCpuLimits,
): Judgement {
  const enforcement = judgeEnforcement(sandbox, ['cpus']);
  if (levels === null) return enforcement;
  const findings: Finding[] = [...enforcement.findings];
  const inconclusive: string[] = [...enforcement.inconclusive];
  for (const level of levels) {
    const judged = judgeLevel(level, sandbox, limits);
    findings.push(...judged.findings);
    inconclusive.push(...judged.inconclusive);
  }
  return { findings, inconclusive };
}

function judgeLevel(level: CpuLevel, sandbox: ObservedSandbox, limits: LimitsCpuLimits): Required<Judgement> {
  const { run, share } = level;
  const target = share * 100;
  const mean = run.meanShare * 100;
  const name = `${percentAsText(target)} of a quota of ${run.quotaCores ?? run.declaredCores} cores`;
  const figures = `${percentAsText(mean, 2)} over ${secondsAsText(run.durationMs)}`;
  if (run.outcome !== 'held') {
    return none(`A load of ${name} could not be kept (${run.outcome}): ${figures} in ${sandbox.name}.`);
  }
  if (run.durationMs < limits.minWindow) {
    return none(
      `A load of ${name} was measured over ${secondsAsText(run.durationMs)} only, and not ${secondsAsText(limits.minWindow)}.`,
    );
  }
  const findings: Finding[] = [];
  const inconclusive: string[] = [];
  if (mean > target + limits.tolerance) findings.push(tooMuch(level, name, figures, sandbox, limits));
  else if (mean < target - limits.tolerance) {
    if (isHeldUp(level, limits.tolerance)) {
      inconclusive.push(
        `The machine was too busy: a load of ${name} got ${figures}${run.waitedMs === undefined ? '' : `, and waited ${secondsAsText(run.waitedMs)} for a core that others had`}.`,
      );
    } else findings.push(tooLittle(level, name, figures, sandbox, limits));
  } else if (share >= 1 && run.throttledPeriods === 0) findings.push(neverThrottled(level, name, figures));
  findings.push(...goesOn(level, name, limits));
  return { findings, inconclusive };
}

/** Others had the cores. A load that got all that it asked for was not held up. */
function isHeldUp({ run }: CpuLevel, tolerance: number): boolean {
  const quotaCores = run.quotaCores ?? run.declaredCores;
  return isContended({ ...run, quotaCores, isStopped: !run.contended }, tolerance / 100);
}

const none = (reason: string): Required<Judgement> => ({ findings: [], inconclusive: [reason] });

function evidenceOf({ run }: CpuLevel, sandbox: ObservedSandbox): string[] {
  return [
    `in ${sandbox.name} (tier ${sandbox.tier}), counted by the kernel (${run.measuredBy}): ${Math.round(run.usageMs)} ms of CPU time`,
    `half seconds between ${percentAsText(run.lowestShare * 100)} and ${percentAsText(run.highestShare * 100)}`,
    ...(run.periods === undefined
      ? []
      : [
          `throttled in ${run.throttledPeriods ?? 0} of ${run.periods} periods, for ${Math.round(run.throttledMs ?? 0)} ms`,
        ]),
  ];
}

function tooMuch(
  level: CpuLevel,
  name: string,
  figures: string,
  sandbox: ObservedSandbox,
  limits: LimitsCpuLimits,
): Finding {
  const over = level.share >= 1;
  return {
    code: 'LIM010',
    severity: 'error',
    message: `A load of ${name} took ${figures}; at most ${percentAsText(level.share * 100 + limits.tolerance)} is right`,
    measured: { value: level.run.meanShare * 100, unit: 'percent' },
    limit: { name: 'tolerance', value: level.share * 100 + limits.tolerance, unit: 'percent', bound: 'most' },
    evidence: evidenceOf(level, sandbox),
    cause: over
      ? { text: 'the quota does not stop these processes', certainty: 'likely' }
      : {
          text: 'what steers the load does not go by the CPU time that the kernel counts',
          certainty: 'likely',
        },
    fix: {
      text: over
        ? 'Declare the quota where the processes run: `cpus: 0.5` in the compose file, `docker run --cpus 0.5`'
        : 'Take workers and loads from the quota (`cpu.max`, or `cpu.cfs_quota_us` / `cpu.cfs_period_us`) and not from the cores of the machine',
    },
  };
}

function tooLittle(
  level: CpuLevel,
  name: string,
  figures: string,
  sandbox: ObservedSandbox,
  limits: LimitsCpuLimits,
): Finding {
  return {
    code: 'LIM011',
    severity: 'error',
    message: `A load of ${name} got ${figures}; at least ${percentAsText(level.share * 100 - limits.tolerance)} is right`,
    measured: { value: level.run.meanShare * 100, unit: 'percent' },
    limit: {
      name: 'tolerance',
      value: level.share * 100 - limits.tolerance,
      unit: 'percent',
      bound: 'least',
    },
    evidence: [...evidenceOf(level, sandbox), 'the machine had CPU time to give'],
    cause: {
      text: 'another, smaller quota around this one, or a load that asks for less',
      certainty: 'unknown',
    },
  };
}

function neverThrottled(level: CpuLevel, name: string, figures: string): Finding {
  return {
    code: 'LIM012',
    severity: 'error',
    message: `A load of ${name} took ${figures}, and was never throttled in ${level.run.periods ?? 0} periods`,
    measured: { value: 0, unit: 'count' },
    limit: { name: 'throttled periods', value: 1, unit: 'count', bound: 'least' },
    cause: { text: 'nothing shows that the quota stops anyone', certainty: 'unknown' },
  };
}

function goesOn({ run }: CpuLevel, name: string, limits: LimitsCpuLimits): Finding[] {
  const after = run.shareAfter * 100;
  if (after < limits.maxAfterwards) return [];
  return [
    {
      code: 'LIM013',
      severity: 'error',
      message: `After a load of ${name} was stopped, the sandbox still used ${percentAsText(after)} of its quota; it must be less than ${percentAsText(limits.maxAfterwards)}`,
      measured: { value: after, unit: 'percent' },
      limit: { name: 'maxAfterwards', value: limits.maxAfterwards, unit: 'percent', bound: 'most' },
      cause: { text: 'something in the sandbox works on', certainty: 'certain' },
      fix: {
        text: 'Wait for every thread and process that a test starts; `init: true` in the compose file collects orphans',
      },
    },
  ];
}
