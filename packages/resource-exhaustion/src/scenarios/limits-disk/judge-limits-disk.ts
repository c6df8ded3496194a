import type { Finding, Judgement, Limits } from '@seaworthy/scenario';
import type { DiskExhaustion } from '../../model/exhaustion.ts';
import { bytesAsText } from '../sandbox/amounts.ts';
import { judgeEnforcement } from '../sandbox/judge-enforcement.ts';
import type { ObservedSandbox } from '../sandbox/observed-sandbox.ts';
import type { limitsDiskLimits } from './limits-disk-limits.ts';
import type { LimitsDiskObservation } from './limits-disk-observation.ts';

type LimitsDiskLimits = Limits<typeof limitsDiskLimits>;

const SIZED = '`tmpfs: ["/tmp:size=64m"]` in the compose file, `docker run --tmpfs /tmp:size=64m`';

/** Full with a clear error, the old file as it was, and all as before afterwards. */
export function judgeLimitsDisk(
  { sandbox, run }: LimitsDiskObservation,
  limits: LimitsDiskLimits,
): Judgement {
  const enforcement = judgeEnforcement(sandbox, ['diskBytes']);
  if (enforcement.findings.length + enforcement.inconclusive.length > 0) return enforcement;
  if (run === null)
    return { findings: [], inconclusive: ['Nothing was written: the place has no size of its own.'] };
  if (!run.limited) {
    return {
      findings: [],
      inconclusive: [
        `The place has no size of its own, only single files are limited: it was tried in ${sandbox.name} (tier ${sandbox.tier}); with a container engine, or as root, it can have one.`,
      ],
    };
  }
  if (run.outcome === 'timeout' || run.outcome === 'interrupted') {
    return {
      findings: [],
      inconclusive: [
        `Only ${bytesAsText(run.writtenBytes)} of ${bytesAsText(run.sizeBytes)} were written (${run.outcome}) in ${sandbox.name}.`,
      ],
    };
  }
  const findings: Finding[] = [];
  if (isOnPaper(run, limits)) findings.push(notThere(run, sandbox, limits));
  else if (run.error !== 'ENOSPC' || run.outcome === 'killed') findings.push(noClearError(run, sandbox));
  findings.push(...damaged(run), ...notBack(run, limits), ...notWritable(run));
  return { findings };
}

/** Of what was free before, 0-1: how much was taken at the height, as the file system says. */
export function takenShare(run: DiskExhaustion): number {
  return run.freeBeforeBytes === 0 ? 1 : (run.freeBeforeBytes - run.freeAtHeightBytes) / run.freeBeforeBytes;
}

/** It is not full, though the writer says so, or was told so. */
function isOnPaper(run: DiskExhaustion, { minFilled }: LimitsDiskLimits): boolean {
  if (takenShare(run) * 100 >= minFilled) return false;
  const taken = run.freeBeforeBytes - run.freeAtHeightBytes;
  return run.error === 'ENOSPC' || run.writtenBytes - taken > run.freeBeforeBytes / 10;
}

function notThere(
  run: DiskExhaustion,
  { name, tier }: ObservedSandbox,
  { minFilled }: LimitsDiskLimits,
): Finding {
  const taken = run.freeBeforeBytes - run.freeAtHeightBytes;
  return {
    code: 'LIM031',
    severity: 'error',
    message: `The pressure was not there: of ${bytesAsText(run.freeBeforeBytes)} that were free, ${bytesAsText(taken)} were really taken; it must be ${minFilled} %`,
    measured: { value: takenShare(run) * 100, unit: 'percent' },
    limit: { name: 'minFilled', value: minFilled, unit: 'percent', bound: 'least' },
    evidence: [
      `in ${name} (tier ${tier}): ${bytesAsText(run.freeAtHeightBytes)} of ${bytesAsText(run.sizeBytes)} were free at the height`,
      `the writer counted ${bytesAsText(run.writtenBytes)}, and was told ${run.error ?? 'no error'}`,
    ],
    cause: {
      text: 'blocks were reserved, or a length was set, and no bytes were written',
      certainty: 'likely',
    },
    fix: { text: 'Write real bytes: neither `fallocate` nor `truncate` fills a place' },
  };
}

function noClearError(run: DiskExhaustion, { name, tier }: ObservedSandbox): Finding {
  const killed = run.outcome === 'killed';
  return {
    code: 'LIM030',
    severity: 'error',
    message: killed
      ? `The process that filled a place of ${bytesAsText(run.sizeBytes)} was killed instead of being told ENOSPC`
      : `Filling a place of ${bytesAsText(run.sizeBytes)} ended with ${run.error ?? 'no error'} instead of ENOSPC, after ${bytesAsText(run.writtenBytes)}`,
    measured: { value: run.writtenBytes, unit: 'bytes' },
    limit: { name: 'size', value: run.sizeBytes, unit: 'bytes', bound: 'most' },
    evidence: [`in ${name} (tier ${tier}): ${bytesAsText(run.freeAtHeightBytes)} were free at the end`],
    cause: killed
      ? {
          text: 'the place is memory and counts towards the memory limit, which was reached first',
          certainty: 'likely',
        }
      : { text: 'another limit than the size of the place was met', certainty: 'likely' },
    fix: { text: `Give the place a size that fits into the memory limit: ${SIZED}` },
  };
}

function damaged(run: DiskExhaustion): Finding[] {
  if (run.oldFileAtHeight === run.oldFileBefore && run.oldFileAfterwards === run.oldFileBefore) return [];
  const isGone = run.oldFileAtHeight === '' || run.oldFileAfterwards === '';
  const short = (hash: string): string => (hash === '' ? 'not readable' : hash.slice(0, 12));
  return [
    {
      code: 'LIM032',
      severity: 'error',
      message: isGone
        ? 'A file that was there before could not be read any more once the place was full'
        : 'A file that was there before has another content after the place was full',
      evidence: [
        `SHA-256 before ${short(run.oldFileBefore)}, while full ${short(run.oldFileAtHeight)}, afterwards ${short(run.oldFileAfterwards)}`,
      ],
      cause: isGone
        ? { text: 'something removed or replaced the existing file', certainty: 'likely' }
        : { text: 'something wrote into the existing file', certainty: 'certain' },
      fix: {
        text: 'Write a new file and rename it over the old one (`os.replace`), so that a full place leaves the old one as it was',
      },
    },
  ];
}

function notBack(run: DiskExhaustion, limits: LimitsDiskLimits): Finding[] {
  const missing = run.freeBeforeBytes - run.freeAfterBytes;
  const late = run.backAfterMs === undefined || run.backAfterMs > limits.maxReturn;
  if (!late && Math.abs(missing) <= limits.spaceTolerance) return [];
  const isMissing = Math.abs(missing) > limits.spaceTolerance;
  const held = run.deletedButOpenBytes;
  return [
    {
      code: 'LIM033',
      severity: 'error',
      message: isMissing
        ? `${bytesAsText(missing)} of the space did not come back after the files were removed`
        : `The space came back after ${run.backAfterMs ?? `more than ${run.patienceMs}`} ms only`,
      measured: isMissing
        ? { value: missing, unit: 'bytes' }
        : { value: run.backAfterMs ?? run.patienceMs, unit: 'ms' },
      limit: isMissing
        ? { name: 'spaceTolerance', value: limits.spaceTolerance, unit: 'bytes', bound: 'most' }
        : { name: 'maxReturn', value: limits.maxReturn, unit: 'ms', bound: 'most' },
      evidence: [
        `free before ${bytesAsText(run.freeBeforeBytes)}, afterwards ${bytesAsText(run.freeAfterBytes)}`,
        `${bytesAsText(held)} are held by files that are deleted and still open`,
      ],
      cause:
        held > limits.spaceTolerance
          ? { text: 'a file was deleted and is still open', certainty: 'certain' }
          : { text: 'files were left behind, or the file system frees late', certainty: 'likely' },
      fix: {
        text:
          held > limits.spaceTolerance
            ? 'Close the file before it is deleted, or restart the program that holds it (`ls -l /proc/*/fd | grep deleted`)'
            : 'Remove what is left in the place (`du -a`)',
      },
    },
  ];
}

function notWritable(run: DiskExhaustion): Finding[] {
  if (run.writableAfterwards) return [];
  return [
    {
      code: 'LIM034',
      severity: 'error',
      message: 'After the files were removed, a small file still could not be written',
      measured: { value: run.freeAfterBytes, unit: 'bytes' },
      evidence: [`${bytesAsText(run.freeAfterBytes)} of ${bytesAsText(run.sizeBytes)} are free`],
      cause:
        run.freeAfterBytes < 4096
          ? { text: 'the place is still full', certainty: 'certain' }
          : { text: 'there is space, and writing is refused all the same', certainty: 'unknown' },
      ...(run.freeAfterBytes < 4096
        ? { fix: { text: 'See who holds the space: `ls -l /proc/*/fd | grep deleted`, `du -a`' } }
        : {}),
    },
  ];
}
