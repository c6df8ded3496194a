import type { Finding, Judgement, Limits } from '@seaworthy/scenario';
import { bytesAsText, secondsAsText } from '../sandbox/amounts.ts';
import { judgeEnforcement } from '../sandbox/judge-enforcement.ts';
import { whoWasHurt } from '../sandbox/who-was-hurt.ts';
import type { gradualLimits } from './gradual-limits.ts';
import type { GradualObservation, GradualPressure } from './gradual-observation.ts';
import { judgeControl } from './judge-control.ts';
import { judgeGuard } from './judge-guard.ts';

export type GradualLimits = Limits<typeof gradualLimits>;

/** The guard, what came back, the control that shows what the guard is good for, and who else was hurt. */
export function judgeGradual({ sandbox, pressure }: GradualObservation, limits: GradualLimits): Judgement {
  const enforcement = judgeEnforcement(sandbox, ['memoryBytes']);
  if (pressure === null) return enforcement;
  const guard = judgeGuard(pressure.guarded, sandbox.name, limits);
  const control =
    pressure.control === null ? { findings: [], inconclusive: [] } : judgeControl(pressure.control);
  return {
    findings: [
      ...enforcement.findings,
      ...guard.findings,
      ...recoveryFindings(pressure, limits),
      ...control.findings,
      ...hurtFindings(pressure, limits),
    ],
    inconclusive: [...enforcement.inconclusive, ...guard.inconclusive, ...control.inconclusive],
  };
}

function recoveryFindings({ recovery, controlRecovery }: GradualPressure, limits: GradualLimits): Finding[] {
  const cases = [
    { what: 'the process under the guard had given everything back', how: recovery },
    ...(controlRecovery === null
      ? []
      : [{ what: 'the process without a guard was gone', how: controlRecovery }]),
  ];
  return cases.flatMap(({ what, how }): Finding[] => {
    const isBack = how.backAfterMs !== undefined && how.backAfterMs <= limits.maxRecovery;
    if (isBack && how.residueBytes <= limits.maxRetained) return [];
    return [
      {
        code: 'MEM024',
        severity: 'error',
        message: isBack
          ? `${bytesAsText(how.residueBytes)} were left after ${what}; at most ${bytesAsText(limits.maxRetained)} may be`
          : `${bytesAsText(how.residueBytes)} were still taken ${secondsAsText(how.backAfterMs ?? how.patienceMs)} after ${what}; at most ${bytesAsText(limits.maxRetained)} may be, within ${secondsAsText(limits.maxRecovery)}`,
        measured: { value: how.residueBytes, unit: 'bytes' },
        limit: { name: 'maxRetained', value: limits.maxRetained, unit: 'bytes', bound: 'most' },
        evidence: [
          `left beside memory: ${how.residueProcesses} processes, ${how.residueFiles} files, ${how.residueDescriptors} descriptors`,
        ],
        cause:
          how.residueProcesses > 0
            ? { text: `${how.residueProcesses} processes are left that hold it`, certainty: 'likely' }
            : { text: 'who holds it cannot be told from outside', certainty: 'unknown' },
      },
    ];
  });
}

function hurtFindings({ neighbour, keeperAlive, engine }: GradualPressure, limits: GradualLimits): Finding[] {
  const hurt = [
    ...whoWasHurt({ keeperAlive, neighbour }),
    ...(engine === null || engine.answered
      ? []
      : [`the container engine did not answer within ${secondsAsText(engine.ms)}`]),
  ];
  const cause = { text: 'the pressure was not kept inside of the sandbox', certainty: 'likely' } as const;
  const fix = {
    text: 'Give each service a container and a `mem_limit` of its own, together below the memory of the machine',
  };
  if (hurt.length > 0) {
    const message = `Pressure inside of a sandbox reached beyond it: ${hurt.join('; ')}`;
    return [{ code: 'MEM026', severity: 'error', message, cause, fix }];
  }
  if (neighbour.longestStallMs <= limits.maxNeighbourStall) return [];
  return [
    {
      code: 'MEM026',
      severity: 'warning', // A stall alone may be the machine's: it is told and fails nothing.
      message: `A process outside of the sandbox stood still for ${secondsAsText(neighbour.longestStallMs)} while memory was under pressure inside`,
      measured: { value: neighbour.longestStallMs, unit: 'ms' },
      limit: { name: 'maxNeighbourStall', value: limits.maxNeighbourStall, unit: 'ms', bound: 'most' },
    },
  ];
}
