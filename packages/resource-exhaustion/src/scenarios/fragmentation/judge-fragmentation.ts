import type { Finding, Judgement, Limits } from '@seaworthy/scenario';
import { bytesAsText, secondsAsText } from '../sandbox/amounts.ts';
import { judgeEnforcement } from '../sandbox/judge-enforcement.ts';
import type { fragmentationLimits } from './fragmentation-limits.ts';
import type { Churned, FragmentationObservation } from './fragmentation-observation.ts';

export type FragmentationLimits = Limits<typeof fragmentationLimits>;

/** The blocks that `maxRetained` is meant for, bytes. */
const MEANT_FOR = 256_000_000;
/** Of what the process says that it held, so much must have been seen from outside. */
const SEEN_SHARE = 0.8;

/** What may be left for blocks of that size, bytes. */
export const mostRetained = ({ bytes }: Churned, { maxRetained }: FragmentationLimits): number =>
  Math.round((maxRetained * bytes) / MEANT_FOR);

/** What is left over the baseline, as seen from outside, bytes. */
export const leftBytes = ({ memory: { outside } }: Churned): number =>
  Math.max(0, outside.afterwardsBytes - outside.baselineBytes);

/** What stayed, what could be done afterwards, and whether there was any pressure to speak of. */
export function judgeFragmentation(
  { sandbox, churned }: FragmentationObservation,
  limits: FragmentationLimits,
): Judgement {
  const enforcement = judgeEnforcement(sandbox, ['memoryBytes']);
  if (churned === null) return enforcement;
  const { memory, stoppedAfterMs, bytes } = churned;
  if (stoppedAfterMs !== null) {
    return inconclusive(
      enforcement,
      `Blocks of ${bytesAsText(bytes)} were not made and freed within ${secondsAsText(stoppedAfterMs)}: the machine was too busy, or its limit is too large for it (in ${sandbox.name}).`,
    );
  }
  if (memory.outcome !== 'done') {
    return { ...enforcement, findings: [...enforcement.findings, unfit(churned, sandbox.name)] };
  }
  const seen = memory.outside.highestBytes - memory.outside.baselineBytes;
  if (seen < SEEN_SHARE * bytes) {
    return inconclusive(
      enforcement,
      `${bytesAsText(bytes)} were to be held at a time, and ${bytesAsText(Math.max(0, seen))} were seen from outside (in ${sandbox.name}).`,
    );
  }
  const findings = [
    ...enforcement.findings,
    ...retainedFindings(churned, limits),
    ...growthFindings(churned, limits),
    ...pieceFindings(churned),
    ...answerFindings(churned, limits),
  ];
  return { ...enforcement, findings };
}

function inconclusive({ findings, inconclusive: reasons }: Required<Judgement>, reason: string): Judgement {
  return { findings, inconclusive: [...reasons, reason] };
}

function unfit({ bytes, memory }: Churned, place: string): Finding {
  return {
    code: 'MEM030',
    severity: 'error',
    message:
      memory.outcome === 'died'
        ? `The process was killed while it allocated and freed blocks of ${bytesAsText(bytes)} together`
        : `The process was refused memory (${memory.error ?? 'MemoryError'}) while it allocated and freed blocks of ${bytesAsText(bytes)} together`,
    measured: { value: memory.outside.highestBytes, unit: 'bytes' },
    evidence: [
      `in ${place}`,
      `usage went from ${bytesAsText(memory.outside.baselineBytes)} to ${bytesAsText(memory.outside.highestBytes)}`,
    ],
    cause: {
      text: 'the limit leaves no room for what the allocator needs beside the blocks',
      certainty: 'likely',
    },
    fix: { text: 'Set `MALLOC_ARENA_MAX=2` in the container, or raise `mem_limit`' },
  };
}

function retainedFindings(churned: Churned, limits: FragmentationLimits): Finding[] {
  const left = leftBytes(churned);
  const most = mostRetained(churned, limits);
  if (left <= most) return [];
  const { split, figures } = churned.memory;
  const isTrimmed = split?.leakedBytes !== undefined;
  return [
    {
      code: isTrimmed ? 'MEM031' : 'MEM032',
      severity: 'error',
      message: isTrimmed
        ? `${bytesAsText(left)} of ${bytesAsText(churned.bytes)} stayed though everything was freed and trimmed; at most ${bytesAsText(most)} may`
        : `${bytesAsText(left)} of ${bytesAsText(churned.bytes)} stayed with the allocator after everything was freed; at most ${bytesAsText(most)} may`,
      measured: { value: left, unit: 'bytes' },
      limit: { name: 'maxRetained', value: most, unit: 'bytes', bound: 'most' },
      evidence: [
        ...(split === undefined
          ? []
          : [
              `live at the height ${bytesAsText(split.liveBytes)}, retained by the allocator ${bytesAsText(split.retainedBytes)}${split.leakedBytes === undefined ? '' : `, leaked ${bytesAsText(split.leakedBytes)}`}`,
            ]),
        ...(figures === undefined || figures.pinnedBlocks === 0
          ? []
          : [`${figures.pinnedBlocks} blocks of ${bytesAsText(figures.pinnedBytes)} together were kept`]),
      ],
      cause: isTrimmed
        ? { text: 'small objects that live pin the arenas around them', certainty: 'likely' }
        : { text: 'nobody asks the allocator to give back what is free', certainty: 'certain' },
      fix: {
        text: isTrimmed
          ? 'Make what lives long in a process of its own, or before what lives short'
          : 'Call `malloc_trim(0)` after a peak, or set `MALLOC_TRIM_THRESHOLD_=131072`',
      },
    },
  ];
}

function growthFindings({ memory: { figures } }: Churned, limits: FragmentationLimits): Finding[] {
  if (figures === undefined) return [];
  const [first, last] = [figures.rssPeakFirst, figures.rssPeakLast];
  if (first === 0 || last <= first * limits.maxPeakGrowth) return [];
  return [
    {
      code: 'MEM033',
      severity: 'error',
      message: `The height of memory grew from ${bytesAsText(first)} in the first round to ${bytesAsText(last)} in the last`,
      measured: { value: last / first, unit: 'ratio' },
      limit: { name: 'maxPeakGrowth', value: limits.maxPeakGrowth, unit: 'ratio', bound: 'most' },
      cause: { text: 'free memory between what lives cannot be used again', certainty: 'likely' },
      fix: { text: 'Use blocks of few sizes, or free them in the reverse order in which they were made' },
    },
  ];
}

function pieceFindings({ piece, memory }: Churned): Finding[] {
  if (piece === null || piece.outcome === 'done') return [];
  const how =
    piece.outcome === 'died' ? 'the process was killed' : `it was refused (${piece.error ?? 'MemoryError'})`;
  return [
    {
      code: 'MEM034',
      severity: 'error',
      message: `A piece of ${bytesAsText(piece.bytes)} was to be allocated after everything was freed, and ${how}`,
      measured: { value: piece.bytes, unit: 'bytes' },
      evidence: [`${bytesAsText(memory.outside.afterwardsBytes)} were used before it`],
      cause: { text: 'the room for it is taken', certainty: 'likely' },
      fix: { text: 'Allocate what is large first, and give other processes a container of their own' },
    },
  ];
}

function answerFindings({ answer }: Churned, limits: FragmentationLimits): Finding[] {
  if (answer === null) return [];
  if (answer.answered && answer.failed.length === 0 && answer.ms <= limits.maxAnswer) return [];
  const problem = !answer.answered
    ? `gave no answer in ${secondsAsText(answer.ms)}`
    : answer.failed.length > 0
      ? `could not ${answer.failed.join(', ')}`
      : `took ${secondsAsText(answer.ms)} for everyday things`;
  return [
    {
      code: 'MEM035',
      severity: 'error',
      message: `After it had freed everything the process ${problem}`,
      measured: { value: answer.ms, unit: 'ms' },
      limit: { name: 'maxAnswer', value: limits.maxAnswer, unit: 'ms', bound: 'most' },
      cause: { text: 'what it waits for cannot be told from outside', certainty: 'unknown' },
    },
  ];
}
