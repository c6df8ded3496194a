import type { Finding, Judgement, Limits } from '@seaworthy/scenario';
import type { MemoryExhaustion } from '../../model/exhaustion.ts';
import { bytesAsText, percentAsText, secondsAsText } from '../sandbox/amounts.ts';
import { judgeEnforcement } from '../sandbox/judge-enforcement.ts';
import type { workersLimits } from './workers-limits.ts';
import type { Crowd, WorkersObservation } from './workers-observation.ts';

export type WorkersLimits = Limits<typeof workersLimits>;
type Round = Crowd['rounds'][number];

/** Each number of workers by itself, how memory grew with them, and what happened when all went for more than there is. */
export function judgeWorkers({ sandbox, crowd }: WorkersObservation, limits: WorkersLimits): Judgement {
  const enforcement = judgeEnforcement(sandbox, ['memoryBytes']);
  if (crowd === null) return enforcement;
  const findings: Finding[] = [...enforcement.findings];
  const inconclusive: string[] = [...enforcement.inconclusive];
  for (const round of crowd.rounds) {
    const reason = whyUnclear(round.run, `${round.workers} workers`, sandbox.name);
    if (reason !== undefined) {
      inconclusive.push(reason);
      continue;
    }
    const missing = successFindings(round, sandbox.name, limits);
    // Where workers are missing, what they would have held is not there either.
    const others =
      missing.length > 0
        ? []
        : [...scalingFindings(round, crowd, limits), ...fairnessFindings(round, limits)];
    findings.push(...missing, ...others, ...retainedFindings(round, limits));
  }
  if (crowd.over !== null) {
    const reason = whyUnclear(crowd.over, 'The workers over the limit', sandbox.name);
    if (reason !== undefined) inconclusive.push(reason);
    else findings.push(...overFindings(crowd.over));
  }
  return { findings, inconclusive };
}

function whyUnclear(run: MemoryExhaustion, who: string, place: string): string | undefined {
  if (run.outcome === 'interrupted') return `${who} were interrupted.`;
  if (run.outcome !== 'timeout') return undefined;
  return `${who} came to ${bytesAsText(run.highestSampleBytes)} in ${secondsAsText(run.fillMs)}, and not to where they were to be: the machine was too busy (in ${place}).`;
}

/** Workers that came to the barrier with all that they asked for, and held there. */
export const succeeding = (run: MemoryExhaustion): number =>
  run.workers.filter(({ held, barrierBytes, askedBytes }) => held && barrierBytes >= askedBytes * 0.99)
    .length;

/** What was charged for all at the barrier, from outside, bytes. */
export const heldTogether = (run: MemoryExhaustion): number =>
  Math.max(0, (run.held?.mean ?? run.reachedBytes) - run.baselineBytes);

function successFindings({ workers, run }: Round, place: string, limits: WorkersLimits): Finding[] {
  const share = (succeeding(run) / workers) * 100;
  const killed = run.deaths.length;
  if (share >= limits.minSucceeding && killed === 0) return [];
  const limit = run.limitBytes ?? run.declaredBytes;
  return [
    {
      code: 'MEM040',
      severity: 'error',
      message:
        killed > 0
          ? `${killed} of ${workers} workers were killed, on the way to ${bytesAsText(run.targetBytes)} of ${bytesAsText(limit)} together`
          : `${succeeding(run)} of ${workers} workers came to the barrier with their memory, on the way to ${bytesAsText(run.targetBytes)} of ${bytesAsText(limit)} together`,
      measured: { value: share, unit: 'percent' },
      limit: { name: 'minSucceeding', value: limits.minSucceeding, unit: 'percent', bound: 'least' },
      evidence: [
        `in ${place}, measured from outside (${run.measuredBy})`,
        `usage went from ${bytesAsText(run.baselineBytes)} to ${bytesAsText(run.highestSampleBytes)}`,
        ...(killed > 0
          ? [`the kernel's count of kills went from ${run.killsBefore ?? '?'} to ${run.killsAfter ?? '?'}`]
          : []),
        ...run.workers.map(
          ({ worker, reachedBytes, held, ending }) =>
            `worker ${worker + 1}: ${bytesAsText(reachedBytes)}, ${held ? 'held' : (ending?.signal ?? 'did not hold')}`,
        ),
      ],
      cause: {
        text:
          run.baselineBytes > limit / 2
            ? `${bytesAsText(run.baselineBytes)} were taken before the workers began`
            : 'together they need more than the limit leaves them',
        certainty: 'likely',
      },
      fix: { text: 'Start fewer workers (`pytest -n 2`), or raise `mem_limit` of their container' },
    },
  ];
}

function scalingFindings(
  { workers, run }: Round,
  { perWorkerBytes }: Crowd,
  limits: WorkersLimits,
): Finding[] {
  const together = heldTogether(run);
  const share = (together / (workers * perWorkerBytes)) * 100;
  if (share >= limits.minScaling) return [];
  return [
    {
      code: 'MEM041',
      severity: 'error',
      message: `${workers} workers held ${bytesAsText(together)} together, ${percentAsText(share)} of ${workers} times ${bytesAsText(perWorkerBytes)}`,
      measured: { value: share, unit: 'percent' },
      limit: { name: 'minScaling', value: limits.minScaling, unit: 'percent', bound: 'least' },
      evidence: [
        `the workers say that they hold ${bytesAsText(run.workers.reduce((sum, { barrierBytes }) => sum + barrierBytes, 0))}`,
      ],
      cause:
        run.workers.reduce((sum, { barrierBytes }) => sum + barrierBytes, 0) > 2 * together
          ? { text: 'their memory is only reserved: its pages were never written', certainty: 'certain' }
          : { text: 'what one alone may take is divided among them', certainty: 'likely' },
      fix: { text: 'Set the budget for each worker, and let the limit in force bound all together' },
    },
  ];
}

function fairnessFindings({ workers, run }: Round, limits: WorkersLimits): Finding[] {
  if (run.fairness >= limits.minFairness) return [];
  return [
    {
      code: 'MEM044',
      severity: 'error',
      message: `Of ${workers} workers that asked for the same, some held much and others little (Jain's index ${run.fairness.toFixed(2)})`,
      measured: { value: run.fairness, unit: 'ratio' },
      limit: { name: 'minFairness', value: limits.minFairness, unit: 'ratio', bound: 'least' },
      evidence: run.workers.map(
        ({ worker, barrierBytes }) => `worker ${worker + 1}: ${bytesAsText(barrierBytes)}`,
      ),
      cause: { text: 'the room went to those who asked first', certainty: 'likely' },
      fix: { text: 'Give each worker its share before any of them begins' },
    },
  ];
}

function retainedFindings({ workers, recovery }: Round, limits: WorkersLimits): Finding[] {
  const each = recovery.residueBytes / workers;
  if (each <= limits.maxRetained) return [];
  return [
    {
      code: 'MEM042',
      severity: 'error',
      message: `${bytesAsText(recovery.residueBytes)} stayed after ${workers} ${workers === 1 ? 'worker' : 'workers'}, ${bytesAsText(each)} for each; at most ${bytesAsText(limits.maxRetained)} may`,
      measured: { value: each, unit: 'bytes' },
      limit: { name: 'maxRetained', value: limits.maxRetained, unit: 'bytes', bound: 'most' },
      evidence: [
        `looked at for ${secondsAsText(recovery.patienceMs)} after the last worker ended`,
        `left beside memory: ${recovery.residueProcesses} processes, ${recovery.residueFiles} files`,
      ],
      cause: { text: 'who holds it cannot be told from outside', certainty: 'unknown' },
    },
  ];
}

function overFindings(run: MemoryExhaustion): Finding[] {
  const killed = run.deaths.length;
  if (run.outcome === 'protected' && killed === 0) return [];
  const limit = run.limitBytes ?? run.declaredBytes;
  const refused = new Set(run.refusals.filter(({ by }) => by === 'guard').map(({ worker }) => worker)).size;
  const what =
    killed > 0
      ? `${killed} of them were killed`
      : run.outcome === 'refused'
        ? 'the kernel refused it, not the guard'
        : `nothing stopped them at ${bytesAsText(run.highestSampleBytes)}`;
  return [
    {
      code: 'MEM043',
      severity: 'error',
      message: `${run.workers.length} workers went for more than the limit of ${bytesAsText(limit)} under a budget that was to refuse it, and ${what}`,
      measured: { value: killed, unit: 'count' },
      limit: { name: 'killed', value: 0, unit: 'count', bound: 'most' },
      evidence: [
        `the budget refused ${refused} of ${run.workers.length} workers`,
        `usage went from ${bytesAsText(run.baselineBytes)} to ${bytesAsText(run.highestSampleBytes)}; the kernel's count of kills from ${run.killsBefore ?? '?'} to ${run.killsAfter ?? '?'}`,
      ],
      cause: { text: 'each worker compares what it holds itself with the limit of all', certainty: 'likely' },
      fix: {
        text: 'Compare the usage of the whole cgroup with its limit before each step, or let one process hand out the budget',
      },
    },
  ];
}
