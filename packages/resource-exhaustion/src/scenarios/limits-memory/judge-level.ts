import type { Finding, Judgement } from '@seaworthy/scenario';
import type { MemoryExhaustion } from '../../model/exhaustion.ts';
import { bytesAsText, percentAsText, secondsAsText } from '../sandbox/amounts.ts';
import { chargedBytes, claimedBytes, isOnlyReserved } from '../sandbox/charged-memory.ts';
import type { ObservedSandbox } from '../sandbox/observed-sandbox.ts';
import type { LimitsMemoryLimits } from './limits-memory-limits.ts';

/** One level, and how it went. */
export interface Level {
  readonly share: number;
  readonly run: MemoryExhaustion;
}

/** The limit in force, bytes; 0 where none is known. */
export function limitOf(levels: readonly Level[]): number {
  return levels[0]?.run.limitBytes ?? 0;
}

/** Whether a level was reached within its time, held long enough, and never left. */
export function judgeLevel(
  level: Level,
  sandbox: ObservedSandbox,
  limits: LimitsMemoryLimits,
): Required<Judgement> {
  const { run, share } = level;
  const name = `${percentAsText(share * 100)} of ${bytesAsText(run.limitBytes ?? run.declaredBytes)}`;
  if (isOnlyReserved(run)) return { findings: [reserved(run, name)], inconclusive: [] };
  if (run.outcome === 'interrupted') return told(`The level of ${name} was interrupted.`);
  if (run.outcome === 'timeout') {
    return told(
      `Memory came to ${bytesAsText(run.highestSampleBytes)} in ${secondsAsText(run.fillMs)}, on the way to ${name}: the machine was too busy, or its limit is too large for it (in ${sandbox.name}).`,
    );
  }
  const problem = problemOf(level, limits);
  return problem === undefined
    ? { findings: [], inconclusive: [] }
    : { findings: [missed(level, name, problem, sandbox)], inconclusive: [] };
}

const told = (reason: string): Required<Judgement> => ({ findings: [], inconclusive: [reason] });

interface Problem {
  readonly text: string;
  readonly figures: Pick<Finding, 'measured' | 'limit'>;
}

function problemOf({ run, share }: Level, limits: LimitsMemoryLimits): Problem | undefined {
  if (run.outcome !== 'held' || run.held === undefined) {
    const first = run.refusals[0];
    const by =
      first === undefined
        ? `outcome ${run.outcome}`
        : `${first.error ?? first.by} at ${bytesAsText(first.usageBytes)}`;
    return {
      text:
        run.outcome === 'killed'
          ? `a process was killed on the way (${run.deaths[0]?.ending.signal ?? 'no signal'})`
          : `it was refused (${by})`,
      figures: {
        measured: { value: run.highestSampleBytes, unit: 'bytes' },
        limit: { name: 'level', value: run.targetBytes, unit: 'bytes', bound: 'least' },
      },
    };
  }
  if (run.fillMs > limits.maxReach) {
    return {
      text: `it took ${secondsAsText(run.fillMs)}`,
      figures: {
        measured: { value: run.fillMs, unit: 'ms' },
        limit: { name: 'maxReach', value: limits.maxReach, unit: 'ms', bound: 'most' },
      },
    };
  }
  if (run.held.ms < limits.minHeld) {
    return {
      text: `it was held for ${secondsAsText(run.held.ms)} only`,
      figures: {
        measured: { value: run.held.ms, unit: 'ms' },
        limit: { name: 'minHeld', value: limits.minHeld, unit: 'ms', bound: 'least' },
      },
    };
  }
  const limit = run.limitBytes ?? run.declaredBytes;
  // In whole bytes, since shares such as 0.6 are no exact numbers.
  const target = Math.round(share * limit);
  const off = [run.held.min - target, run.held.max - target];
  const worst = off.reduce((one, other) => (Math.abs(other) > Math.abs(one) ? other : one));
  if (Math.abs(worst) <= Math.round((limits.levelTolerance / 100) * limit)) return undefined;
  return {
    text: `it went to ${percentAsText(((target + worst) / limit) * 100, 2)} while it was to be held (${bytesAsText(run.held.min)} to ${bytesAsText(run.held.max)})`,
    figures: {
      measured: { value: (Math.abs(worst) / limit) * 100, unit: 'percent' },
      limit: { name: 'levelTolerance', value: limits.levelTolerance, unit: 'percent', bound: 'most' },
    },
  };
}

function missed({ run }: Level, name: string, { text, figures }: Problem, sandbox: ObservedSandbox): Finding {
  const refusal = run.refusals[0];
  return {
    code: 'LIM002',
    severity: 'error',
    message: `A level of ${name} was to be reached and held, and ${text}`,
    ...figures,
    evidence: [
      `in ${sandbox.name} (tier ${sandbox.tier}), measured from outside (${run.measuredBy})`,
      `before the pressure ${bytesAsText(run.baselineBytes)}, at the end of the filling ${bytesAsText(run.reachedBytes)}, highest ${bytesAsText(run.highestSampleBytes)}`,
      ...(run.deaths.length > 0
        ? [
            `${run.deaths.length} processes died; the kernel's count of kills went from ${run.killsBefore ?? '?'} to ${run.killsAfter ?? '?'}`,
          ]
        : []),
    ],
    cause:
      refusal?.by === 'kernel'
        ? {
            text: 'another limit (of the process, an outer cgroup, the machine) is reached first',
            certainty: 'likely',
          }
        : run.deaths.length > 0
          ? { text: 'less memory can be had than the limit promises', certainty: 'likely' }
          : {
              text: 'something else in the sandbox takes or gives back memory at the same time',
              certainty: 'likely',
            },
    fix: {
      text: 'Give this work a container of its own, whose `mem_limit` is the smallest limit around it (`docker run --memory 512m`)',
    },
  };
}

function reserved(run: MemoryExhaustion, name: string): Finding {
  const claimed = claimedBytes(run);
  return {
    code: 'LIM003',
    severity: 'error',
    message: `The pressure was not there: ${bytesAsText(claimed)} were taken for a level of ${name}, and the kernel charged ${bytesAsText(chargedBytes(run))}`,
    measured: { value: chargedBytes(run), unit: 'bytes' },
    limit: { name: 'claimed', value: claimed, unit: 'bytes', bound: 'least' },
    evidence: [
      `usage went from ${bytesAsText(run.baselineBytes)} to ${bytesAsText(run.highestSampleBytes)} at most (${run.measuredBy})`,
    ],
    cause: { text: 'the memory was only reserved: its pages were never written', certainty: 'certain' },
    fix: { text: 'Write to every page that is to count (`bytearray(n)` does, `bytes(n)` does not)' },
  };
}
