import type { Finding, Judgement } from '@seaworthy/scenario';
import type { Death } from '../../model/death.ts';
import { bytesAsText } from '../sandbox/amounts.ts';
import { limitOf } from './judge-level.ts';
import type { MemoryPressure, OverLimit } from './limits-memory-observation.ts';

/** Who may have ended the victim, so that the limit did its work. */
const CONTAINED = 'own-limit';

/** Over the limit the victim must be refused, or killed by this limit, as two witnesses say. */
export function judgeOverLimit(
  { run, deaths }: OverLimit,
  { levels, companion }: Pick<MemoryPressure, 'levels' | 'companion'>,
): Required<Judgement> {
  const limit = run.limitBytes ?? limitOf(levels);
  if (run.outcome === 'interrupted')
    return { findings: [], inconclusive: ['Going over the limit was interrupted.'] };
  if (run.outcome === 'timeout') {
    return {
      findings: [],
      inconclusive: [
        `Memory came to ${bytesAsText(run.highestSampleBytes)} and not over the limit of ${bytesAsText(limit)} in ${Math.round(run.fillMs)} ms.`,
      ],
    };
  }
  const peak = run.peakBytes ?? run.highestSampleBytes;
  const findings: Finding[] = [];
  // Where another died in its place, that made room.
  const wentOn = companion.alive && (run.outcome === 'held' || run.outcome === 'protected');
  // Sums over processes count shared pages twice, and a limit of each process says nothing about them.
  const isOver = peak > limit && run.measuredBy !== 'proc';
  if (wentOn || isOver) {
    findings.push(stopsNothing(run.outcome, peak, limit));
  }
  if (run.outcome === 'refused') return { findings, inconclusive: [] };
  const others = deaths.filter(({ by }) => by !== CONTAINED && by !== 'unknown');
  if (others.length > 0) findings.push(killedByOther(others, limit));
  const doubtful = deaths.filter(
    (death) => death.by === 'unknown' || (death.by === CONTAINED && death.certainty !== 'certain'),
  );
  return {
    findings,
    inconclusive: doubtful.map(
      ({ witnesses }) =>
        `A process died over the limit, and who ended it has not two witnesses: ${witnesses.join('; ') || 'there was none'}.`,
    ),
  };
}

function stopsNothing(outcome: string, peak: number, limit: number): Finding {
  return {
    code: 'LIM001',
    severity: 'error',
    message:
      peak > limit
        ? `The memory limit of ${bytesAsText(limit)} let memory go to ${bytesAsText(peak)}`
        : `A process went for more than the memory limit of ${bytesAsText(limit)}, and nothing stopped it (${outcome})`,
    measured: { value: peak, unit: 'bytes' },
    limit: { name: 'memory', value: limit, unit: 'bytes', bound: 'most' },
    cause: {
      text: 'the limit does not hold for these processes, or swap takes what is over it',
      certainty: 'likely',
    },
    fix: {
      text: 'Limit memory and swap together: `mem_limit: 512m` and `memswap_limit: 512m`, or `docker run --memory 512m --memory-swap 512m`',
    },
  };
}

const NAMES: Readonly<Record<Death['by'], string>> = {
  'own-limit': 'its own limit',
  'ancestor-limit': 'the limit of an outer cgroup',
  host: 'the machine, which was out of memory',
  signal: 'an ordinary signal',
  'shared-memory': 'the size of its shared memory',
  'pids-limit': 'the limit of processes',
  itself: 'itself',
  unknown: 'something unknown',
};

function killedByOther(deaths: readonly Death[], limit: number): Finding {
  const [first] = deaths as [Death, ...Death[]];
  return {
    code: 'LIM006',
    severity: 'error',
    message: `A process that went over the memory limit of ${bytesAsText(limit)} was ended by ${NAMES[first.by]}, not by this limit`,
    ...(first.limitBytes === undefined
      ? {}
      : { measured: { value: first.limitBytes, unit: 'bytes' as const } }),
    evidence: [
      ...deaths.flatMap(({ witnesses }) => witnesses),
      ...(first.limitFolder === undefined ? [] : [`the limit that was hit is set by ${first.limitFolder}`]),
    ],
    cause: { text: `ended by ${NAMES[first.by]}`, certainty: first.certainty },
    ...(first.certainty === 'unknown'
      ? {}
      : {
          fix: { text: 'Set `mem_limit` below every outer limit and below the free memory of the machine' },
        }),
  };
}
