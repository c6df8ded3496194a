import type { Finding, Judgement } from '@seaworthy/scenario';
import type { MemoryExhaustion } from '../../model/exhaustion.ts';
import { bytesAsText, percentAsText, secondsAsText } from '../sandbox/amounts.ts';
import { chargedBytes, claimedBytes, isOnlyReserved } from '../sandbox/charged-memory.ts';
import type { GradualLimits } from './judge-gradual.ts';

/** Where the guard refused for the first time, of the limit in force, percent; absent where it never did. */
export function engagedAt(run: MemoryExhaustion): number | undefined {
  const first = run.refusals.find(({ by }) => by === 'guard');
  const limit = run.limitBytes ?? run.declaredBytes;
  return first === undefined ? undefined : (first.usageBytes / limit) * 100;
}

/** Half of the time passed without any answer: usage is looked at before and after each step. */
export function hangs({ outcome, curve, fillMs }: MemoryExhaustion): boolean {
  if (outcome !== 'timeout') return false;
  const gaps = curve.slice(1).map(([atMs], index) => atMs - curve[index]![0]);
  return Math.max(0, ...gaps) >= fillMs / 2;
}

/** Whether the guard stopped the process where it should. */
export function judgeGuard(run: MemoryExhaustion, place: string, limits: GradualLimits): Required<Judgement> {
  const limit = run.limitBytes ?? run.declaredBytes;
  const told = (reason: string) => ({ findings: [], inconclusive: [reason] });
  const found = (finding: Finding) => ({ findings: [finding], inconclusive: [] });
  if (isOnlyReserved(run)) return found(reserved(run));
  if (run.outcome === 'interrupted') return told('Taking memory under the guard was interrupted.');
  if (run.outcome === 'timeout') {
    return hangs(run)
      ? found(hanging(run, place))
      : told(
          `Memory came to ${bytesAsText(run.highestSampleBytes)} of ${bytesAsText(limit)} in ${secondsAsText(run.fillMs)}, below where the guard refuses: the machine was too busy, or its limit is too large for it (in ${place}).`,
        );
  }
  if (run.outcome === 'refused') return found(refused(run, place));
  const engaged = engagedAt(run);
  const peak = run.peakBytes ?? run.highestSampleBytes;
  if (run.outcome !== 'protected' || engaged === undefined || peak > limit)
    return found(unprotected(run, place));
  if (engaged < limits.minEngage) return found(early(run, engaged, limits));
  if (engaged > limits.maxEngage) return found(late(run, engaged, limits));
  return { findings: [], inconclusive: [] };
}

function course(run: MemoryExhaustion, place: string): string[] {
  return [
    `in ${place}, measured from outside (${run.measuredBy})`,
    `usage went from ${bytesAsText(run.baselineBytes)} to ${bytesAsText(run.highestSampleBytes)} in ${secondsAsText(run.fillMs)}; the limit is ${bytesAsText(run.limitBytes ?? run.declaredBytes)}`,
  ];
}

function unprotected(run: MemoryExhaustion, place: string): Finding {
  const limit = run.limitBytes ?? run.declaredBytes;
  const peak = run.peakBytes ?? run.highestSampleBytes;
  const what =
    run.outcome === 'killed'
      ? `the process was killed (${run.deaths[0]?.ending.signal ?? 'no signal'}) at ${bytesAsText(peak)}`
      : run.outcome === 'protected'
        ? `its peak was ${bytesAsText(peak)} nevertheless`
        : `the process took ${bytesAsText(claimedBytes(run))} and nothing stopped it`;
  return {
    code: 'MEM020',
    severity: 'error',
    message: `The guard was to refuse before the limit of ${bytesAsText(limit)}, and ${what}`,
    measured: { value: peak, unit: 'bytes' },
    limit: { name: 'memory', value: limit, unit: 'bytes', bound: 'most' },
    evidence: [
      ...course(run, place),
      `the guard refused ${run.refusals.filter(({ by }) => by === 'guard').length} times`,
      ...(run.deaths.length > 0
        ? [`the kernel's count of kills went from ${run.killsBefore ?? '?'} to ${run.killsAfter ?? '?'}`]
        : []),
    ],
    cause: { text: 'the guard does not look at the limit in force', certainty: 'likely' },
    fix: {
      text: 'Let the guard read `memory.max` (cgroup v2) or `memory.limit_in_bytes` (v1), and not the memory of the machine',
    },
  };
}

function refused(run: MemoryExhaustion, place: string): Finding {
  const first = run.refusals.find(({ by }) => by === 'kernel');
  return {
    code: 'MEM021',
    severity: 'error',
    message: `${first?.error ?? 'MemoryError'} reached the code at ${bytesAsText(first?.usageBytes ?? run.highestSampleBytes)}, under a guard that let it pass`,
    measured: { value: first?.usageBytes ?? run.highestSampleBytes, unit: 'bytes' },
    evidence: course(run, place),
    cause: {
      text: 'a limit of the process itself (RLIMIT_AS, RLIMIT_DATA) is lower than what the guard reads',
      certainty: 'likely',
    },
    fix: { text: 'Remove the limit of the process (`ulimit -v unlimited`), or let the guard know it' },
  };
}

function early(run: MemoryExhaustion, engaged: number, limits: GradualLimits): Finding {
  const limit = run.limitBytes ?? run.declaredBytes;
  return {
    code: 'MEM022',
    severity: 'error',
    message: `The guard refused at ${percentAsText(engaged)} of the limit of ${bytesAsText(limit)}; below ${percentAsText(limits.minEngage)} there is room that tests could use`,
    measured: { value: engaged, unit: 'percent' },
    limit: { name: 'minEngage', value: limits.minEngage, unit: 'percent', bound: 'least' },
    cause: {
      text: 'its threshold is too low, or it counts what the kernel would give back',
      certainty: 'likely',
    },
    fix: { text: 'Set the threshold to 80 % of the limit in force, and leave page cache out' },
  };
}

function late(run: MemoryExhaustion, engaged: number, limits: GradualLimits): Finding {
  return {
    code: 'MEM020',
    severity: 'error',
    message: `The guard refused at ${percentAsText(engaged)} of the limit of ${bytesAsText(run.limitBytes ?? run.declaredBytes)}; at ${percentAsText(limits.maxEngage)} at most it is in time`,
    measured: { value: engaged, unit: 'percent' },
    limit: { name: 'maxEngage', value: limits.maxEngage, unit: 'percent', bound: 'most' },
  };
}

function reserved(run: MemoryExhaustion): Finding {
  return {
    code: 'MEM023',
    severity: 'error',
    message: `The pressure was not there: ${bytesAsText(claimedBytes(run))} were taken, and the kernel charged ${bytesAsText(chargedBytes(run))}`,
    measured: { value: chargedBytes(run), unit: 'bytes' },
    limit: { name: 'taken', value: claimedBytes(run), unit: 'bytes', bound: 'least' },
    cause: { text: 'the memory was only reserved: its pages were never written', certainty: 'certain' },
    fix: { text: 'Write to every page that is to count (`bytearray(n)` does, `bytes(n)` does not)' },
  };
}

function hanging(run: MemoryExhaustion, place: string): Finding {
  return {
    code: 'MEM027',
    severity: 'error',
    message: `The process stood still at ${bytesAsText(run.highestSampleBytes)}, and gave no answer until its ${secondsAsText(run.fillMs)} were over`,
    measured: { value: run.fillMs, unit: 'ms' },
    evidence: course(run, place),
    cause: { text: 'what it waits for cannot be told from outside', certainty: 'unknown' },
  };
}
