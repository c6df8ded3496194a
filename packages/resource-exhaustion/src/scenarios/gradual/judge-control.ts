import type { Finding, Judgement } from '@seaworthy/scenario';
import { bytesAsText } from '../sandbox/amounts.ts';
import type { ControlRun } from './gradual-observation.ts';

/** Without a guard the limit must end the process, or refuse it memory: by this limit, as two witnesses say. */
export function judgeControl({ run, deaths }: ControlRun): Required<Judgement> {
  const limit = run.limitBytes ?? run.declaredBytes;
  const told = (reason: string) => ({ findings: [], inconclusive: [reason] });
  if (run.outcome === 'interrupted') return told('Taking memory without a guard was interrupted.');
  if (run.outcome === 'timeout') {
    return told(
      `Without a guard memory came to ${bytesAsText(run.highestSampleBytes)} and not over the limit of ${bytesAsText(limit)} in ${Math.round(run.fillMs)} ms.`,
    );
  }
  const peak = run.peakBytes ?? run.highestSampleBytes;
  if (run.outcome === 'refused') return { findings: [], inconclusive: [] };
  if (run.outcome !== 'killed' || peak > limit) {
    const why =
      peak > limit
        ? `memory went to ${bytesAsText(peak)}`
        : run.outcome === 'protected'
          ? `it was stopped at ${bytesAsText(run.highestSampleBytes)} by a guard that it was not to have`
          : `nothing stopped it at ${bytesAsText(run.highestSampleBytes)}`;
    return { findings: [uncontained(why, limit, peak)], inconclusive: [] };
  }
  const others = deaths.find(({ by }) => by !== 'own-limit' && by !== 'unknown');
  if (others !== undefined) {
    const by =
      others.by === 'ancestor-limit'
        ? `the limit of ${others.limitFolder ?? 'an outer cgroup'}`
        : `something else (${others.by})`;
    const finding = uncontained(`it was ended by ${by}`, limit, peak);
    return { findings: [{ ...finding, evidence: others.witnesses }], inconclusive: [] };
  }
  const doubtful = deaths.find(({ by, certainty }) => by === 'unknown' || certainty !== 'certain');
  return doubtful === undefined
    ? { findings: [], inconclusive: [] }
    : told(
        `The process without a guard died, and who ended it has not two witnesses: ${doubtful.witnesses.join('; ') || 'there was none'}.`,
      );
}

function uncontained(why: string, limit: number, peak: number): Finding {
  return {
    code: 'MEM025',
    severity: 'error',
    message: `A process without a guard was to be ended by its limit of ${bytesAsText(limit)}, and ${why}`,
    measured: { value: peak, unit: 'bytes' },
    limit: { name: 'memory', value: limit, unit: 'bytes', bound: 'most' },
    cause: { text: 'the limit is not what stops this process', certainty: 'likely' },
    fix: {
      text: 'Limit memory and swap together, below every limit around it: `mem_limit: 512m` and `memswap_limit: 512m`',
    },
  };
}
