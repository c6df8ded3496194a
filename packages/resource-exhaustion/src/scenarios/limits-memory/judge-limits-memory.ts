import type { Finding, Judgement } from '@seaworthy/scenario';
import { bytesAsText } from '../sandbox/amounts.ts';
import { judgeEnforcement } from '../sandbox/judge-enforcement.ts';
import { whoWasHurt } from '../sandbox/who-was-hurt.ts';
import { judgeLevel, limitOf } from './judge-level.ts';
import { judgeOverLimit } from './judge-over-limit.ts';
import type { LimitsMemoryLimits } from './limits-memory-limits.ts';
import type { LimitsMemoryObservation, MemoryPressure } from './limits-memory-observation.ts';

/** Levels, then what was left, then what happened over the limit. A level that was not there says nothing about the rest. */
export function judgeLimitsMemory(
  { sandbox, pressure }: LimitsMemoryObservation,
  limits: LimitsMemoryLimits,
): Judgement {
  const enforcement = judgeEnforcement(sandbox, ['memoryBytes']);
  if (pressure === null) return enforcement;
  const findings: Finding[] = [...enforcement.findings];
  const inconclusive: string[] = [...enforcement.inconclusive];
  for (const level of pressure.levels) {
    const judged = judgeLevel(level, sandbox, limits);
    findings.push(...judged.findings);
    inconclusive.push(...judged.inconclusive);
  }
  findings.push(...peakFindings(pressure, sandbox.name, limits), ...residueFindings(pressure, limits));
  if (pressure.overLimit !== null) {
    const judged = judgeOverLimit(pressure.overLimit, pressure);
    findings.push(...judged.findings);
    inconclusive.push(...judged.inconclusive);
  }
  findings.push(...hurtFindings(pressure, limits));
  return { findings, inconclusive };
}

/** The highest that the kernel kept until the levels were given up, bytes; of our own samples where it keeps none. */
export function guardedPeak({ levels }: Pick<MemoryPressure, 'levels'>): number {
  return Math.max(0, ...levels.map(({ run }) => run.peakBytes ?? run.highestSampleBytes));
}

function peakFindings(pressure: MemoryPressure, place: string, limits: LimitsMemoryLimits): Finding[] {
  const limit = limitOf(pressure.levels);
  const peak = guardedPeak(pressure);
  const most = (limits.maxGuardedPeak / 100) * limit;
  if (limit === 0 || peak < most) return [];
  return [
    {
      code: 'LIM004',
      severity: 'error',
      message: `Memory was to be held at ${levelsAsText(pressure)} of ${bytesAsText(limit)}, and its peak was ${bytesAsText(peak)}; it must stay below ${bytesAsText(most)}`,
      measured: { value: peak, unit: 'bytes' },
      limit: { name: 'maxGuardedPeak', value: most, unit: 'bytes', bound: 'most' },
      evidence: [
        `peak as the kernel keeps it in ${place}`,
        ...pressure.levels.map(
          ({ share, run }) =>
            `at ${Math.round(share * 100)} %: highest sample ${bytesAsText(run.highestSampleBytes)} of ${bytesAsText(run.targetBytes)} aimed for`,
        ),
      ],
      cause: {
        text: 'what steered the memory let it go far above the level for a moment',
        certainty: 'likely',
      },
      fix: {
        text: `Leave more room: \`mem_limit\` of at least ${bytesAsText(peak / 0.9)} in the compose file, or \`docker run --memory\``,
      },
    },
  ];
}

const levelsAsText = ({ levels }: MemoryPressure): string =>
  levels.map(({ share }) => `${Math.round(share * 100)} %`).join(', ');

function residueFindings(pressure: MemoryPressure, limits: LimitsMemoryLimits): Finding[] {
  const { recovery } = pressure;
  const limit = limitOf(pressure.levels);
  const most = (limits.maxResidual / 100) * limit;
  if (limit === 0 || recovery.residueBytes < most) return [];
  const processes = recovery.residueProcesses;
  return [
    {
      code: 'LIM005',
      severity: 'error',
      message: `${bytesAsText(recovery.residueBytes)} stayed charged after everything was given back; it must be less than ${bytesAsText(most)}`,
      measured: { value: recovery.residueBytes, unit: 'bytes' },
      limit: { name: 'maxResidual', value: most, unit: 'bytes', bound: 'most' },
      evidence: [
        `looked at for ${recovery.patienceMs} ms after the release`,
        `left beside memory: ${processes} processes, ${recovery.residueFiles} files, ${recovery.residueDescriptors} descriptors`,
        `the companion process in the sandbox held ${bytesAsText(pressure.companion.heldBytes)}`,
      ],
      cause:
        pressure.companion.heldBytes >= most
          ? { text: 'another process of the sandbox holds it', certainty: 'certain' }
          : { text: 'who holds it cannot be told from outside', certainty: 'unknown' },
      ...(pressure.companion.heldBytes >= most
        ? { fix: { text: 'End the process that keeps it, or give it a container of its own' } }
        : {}),
    },
  ];
}

function hurtFindings(
  { keeperAlive, companion, neighbour, overLimit }: MemoryPressure,
  limits: LimitsMemoryLimits,
): Finding[] {
  const hurt = [
    ...whoWasHurt({ keeperAlive, neighbour }),
    ...(companion.alive
      ? []
      : [`a second process in the sandbox, which held ${bytesAsText(companion.heldBytes)}, ended`]),
    ...(neighbour.longestStallMs > limits.maxNeighbourStall
      ? [`a process outside of the sandbox stood still for ${Math.round(neighbour.longestStallMs)} ms`]
      : []),
  ];
  if (hurt.length === 0) return [];
  const stalledOnly = keeperAlive && companion.alive && neighbour.alive && neighbour.refusedAllocations === 0;
  return [
    {
      code: 'LIM007',
      // A stall alone may be the machine's: it is told and fails nothing.
      severity: stalledOnly ? 'warning' : 'error',
      message: `Not only the process that took the memory was hurt: ${hurt.join('; ')}`,
      ...(stalledOnly
        ? {
            measured: { value: neighbour.longestStallMs, unit: 'ms' as const },
            limit: {
              name: 'maxNeighbourStall',
              value: limits.maxNeighbourStall,
              unit: 'ms' as const,
              bound: 'most' as const,
            },
          }
        : {}),
      evidence: overLimit?.deaths.flatMap(({ witnesses }) => witnesses) ?? [],
      cause:
        companion.alive && keeperAlive
          ? { text: 'the limit does not keep the pressure inside', certainty: 'likely' }
          : {
              text: 'under one limit the kernel takes the process with the most memory, not the one that asked last',
              certainty: 'likely',
            },
      fix: {
        text: 'Give each service a container and a `mem_limit` of its own, and let what may die have `oom_score_adj: 1000`',
      },
    },
  ];
}
